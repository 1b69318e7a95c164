namespace RunAi.PowerShell.Loading;

/// <summary>Where the parts of the module stand beside each other.</summary>
internal static class ModuleFolder
{
    /// <summary>The folder that holds one folder for each edition and one for the emulator.</summary>
    private static string Bin =>
        Path.GetDirectoryName(Path.GetDirectoryName(typeof(ModuleFolder).Assembly.Location)!)!;

    public static string EmulatorAssembly => Path.Combine(Bin, "emulator", "RunAi.Emulator.dll");
}
