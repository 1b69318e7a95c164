namespace RunAi.Quickstart;

/// <summary>The PowerShell that the checkout's tool manifest (.config/dotnet-tools.json) names.</summary>
/// <param name="Assembly">What <c>dotnet</c> starts it with.</param>
/// <param name="ModulePath">Where it looks for modules.</param>
internal sealed record PowerShellTool(string Assembly, string ModulePath)
{
    private static readonly string[] Ask =
        ["tool", "run", "pwsh", "--", "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", "$PSHOME; $env:PSModulePath"];

    /// <summary>
    /// Finds it, restored from NuGet where it is not there yet. The shell itself is asked where it is, since only the SDK knows where tools
    /// lie, and since signals and the terminal are to reach it without the two processes that <c>dotnet tool run</c> puts before it.
    /// </summary>
    /// <param name="checkout">The checkout with the tool manifest.</param>
    /// <exception cref="QuickstartException">It cannot be restored or started; the message says what to do.</exception>
    public static async Task<PowerShellTool> FindAsync(Checkout checkout)
    {
        var asked = await Dotnet.RunAsync(checkout.Root, Ask);
        if (asked.ExitCode != 0)
        {
            await Console.Error.WriteLineAsync("Getting PowerShell from NuGet ...");
            var restored = Restore(checkout);
            if (restored.ExitCode != 0)
            {
                throw Missing("dotnet tool restore", restored);
            }

            asked = await Dotnet.RunAsync(checkout.Root, Ask);
        }

        return asked.ExitCode == 0 && asked.Output.Split(Environment.NewLine) is [.., var home, var modulePath]
            ? new(Path.Combine(home, "pwsh.dll"), modulePath)
            : throw Missing("dotnet tool run pwsh", asked);
    }

    /// <summary>Restores it, one process at a time: the SDK fails when two unpack the same tool at once.</summary>
    private static (int ExitCode, string Output, string Errors) Restore(Checkout checkout)
    {
        var ofThisUser = new NamedWaitHandleOptions { CurrentUserOnly = true };
        using var mutex = new Mutex(initiallyOwned: false, "RunAi.Quickstart.Restore", ofThisUser);
        Take(mutex);
        try
        {
            // A mutex belongs to its thread, so that nothing is awaited here.
            return Dotnet.RunAsync(checkout.Root, "tool", "restore").GetAwaiter().GetResult();
        }
        finally
        {
            mutex.ReleaseMutex();
        }
    }

    private static void Take(Mutex mutex)
    {
        try
        {
            mutex.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // The process that had it was killed, and this one has it now.
            return;
        }
    }

    private static QuickstartException Missing(string command, (int ExitCode, string Output, string Errors) ended) => new(
        $"""
        The quickstart runs in the PowerShell that .config/dotnet-tools.json names, and could not get it from NuGet:
        '{command}' ended with exit code {ended.ExitCode}.
        {string.Join(Environment.NewLine, new[] { ended.Output, ended.Errors }.Where(text => text.Length > 0))}

        On a network (a proxy is named by HTTPS_PROXY, a package source of your own by dotnet nuget add source), type:
          dotnet tool restore
        With PowerShell 7.4 or later installed, no tool is needed:
          pwsh samples/iris.ps1
        """);
}
