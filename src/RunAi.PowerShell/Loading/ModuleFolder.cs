namespace RunAi.PowerShell.Loading;

/// <summary>Where the parts of the module stand beside each other.</summary>
internal static class ModuleFolder
{
    /// <summary>The folder that holds one folder for each edition, one for the emulator and one for the step runner.</summary>
    private static string Bin =>
        Path.GetDirectoryName(Path.GetDirectoryName(typeof(ModuleFolder).Assembly.Location)!)!;

    /// <summary>The folder with the step runner for each platform.</summary>
    public static string StepRunner => Path.Combine(Bin, "step-runner");

    public static string EmulatorAssembly => Path.Combine(Bin, "emulator", "RunAi.Emulator.dll");
}
