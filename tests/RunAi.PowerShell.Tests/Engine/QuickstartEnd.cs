namespace RunAi.PowerShell.Tests.Engine;

/// <summary>How a run of the quickstart ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">What it wrote to its standard output.</param>
/// <param name="Errors">What it wrote to its standard error.</param>
internal sealed record QuickstartEnd(int ExitCode, string[] Lines, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}: {string.Join('\n', Lines)}\n{Errors}";
}
