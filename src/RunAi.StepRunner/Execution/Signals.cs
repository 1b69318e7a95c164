namespace RunAi.StepRunner.Execution;

/// <summary>The numbers of signals, the same on all Linux machines the runner is built for.</summary>
internal static class Signals
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int User1 = 10;
    public const int User2 = 12;
    public const int Terminate = 15;
}
