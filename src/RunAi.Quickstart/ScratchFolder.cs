namespace RunAi.Quickstart;

/// <summary>
/// A temporary folder for as long as it is held: it has the module where a shell finds it by name, and a configuration for the story.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runai-quickstart-");

    /// <summary>Where a configuration can be kept that is not the user's.</summary>
    public string Configuration => Path.Combine(_folder.FullName, "runai.json");

    /// <summary>Where the state of runs can be kept that are not the user's.</summary>
    public string State => Path.Combine(_folder.FullName, "state");

    /// <summary>
    /// Makes a folder for <c>PSModulePath</c> with the checkout's module in it. PowerShell looks for a folder of the module's name, and a
    /// checkout may have any. So the folder has the manifest alone, which names the checkout's files.
    /// </summary>
    /// <param name="checkout">The checkout.</param>
    public string ModulePath(Checkout checkout)
    {
        var modules = _folder.CreateSubdirectory("modules");
        var root = checkout.Root.Replace("'", "''", StringComparison.Ordinal);
        File.WriteAllText(
            Path.Combine(modules.CreateSubdirectory("RunAi").FullName, "RunAi.psd1"),
            File.ReadAllText(checkout.Manifest).Replace("'module/", $"'{root}/module/", StringComparison.Ordinal));
        return modules.FullName;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
