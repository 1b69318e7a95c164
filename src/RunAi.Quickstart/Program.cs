using RunAi.Quickstart;
using RunAi.Quickstart.Hosting;
using RunAi.Quickstart.Running;

var options = QuickstartOptions.Parse(args);
var terminal = new Terminal();
if (options.Fault is { } fault)
{
    terminal.WriteErrorLine(fault, ConsoleColor.Red);
    return ExitCodes.WrongCommandLine;
}

if (options.Mode == QuickstartMode.Help)
{
    terminal.WriteLine(QuickstartOptions.Help);
    return ExitCodes.Success;
}

var root = Checkout.Find(AppContext.BaseDirectory, Environment.CurrentDirectory);
if (root is null && (options.Import || options.Mode == QuickstartMode.Story))
{
    terminal.WriteErrorLine(
        $"There is no RunAi.psd1 above {AppContext.BaseDirectory} or {Environment.CurrentDirectory}. Run this inside the checkout.",
        ConsoleColor.Red);
    return ExitCodes.TerminatingError;
}

using var scratch = options.Mode == QuickstartMode.Story ? new ScratchConfiguration() : null;
using var session = new ShellSession(terminal, TimeProvider.System, root);
using var interrupt = new Interrupt(session, stayWhenIdle: options.Mode == QuickstartMode.Prompt);
// The story imports the module itself, as one of its commands.
if (options.Import && options.Mode != QuickstartMode.Story && session.Import(Checkout.ManifestIn(root!)) is not Outcome.Completed and var failed)
{
    return ExitCodes.Of(failed);
}

return options.Mode switch
{
    QuickstartMode.File => ScriptRun.Run(session, terminal, options.File, options.ScriptArguments),
    QuickstartMode.Prompt => PromptLoop.Run(session, terminal),
    _ => Story.Tell(session, terminal, Path.Combine(root!, "samples", "iris.ps1")),
};
