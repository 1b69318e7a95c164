using RunAi.Quickstart;

var options = QuickstartOptions.Parse(args);
if (options.Fault is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return ExitCodes.WrongCommandLine;
}

if (options.Mode == QuickstartMode.Help)
{
    Console.WriteLine(QuickstartOptions.Help);
    return ExitCodes.Success;
}

try
{
    var checkout = Checkout.Find(AppContext.BaseDirectory, Environment.CurrentDirectory);
    var shell = await PowerShellTool.FindAsync(checkout);
    using var scratch = new ScratchFolder();
    var command = ShellCommand.Of(shell, options, checkout, scratch);
    return await ShellProcess.RunAsync(command, interactive: options.Mode == QuickstartMode.Prompt);
}
catch (QuickstartException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return ExitCodes.NotStarted;
}
