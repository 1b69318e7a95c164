using RunAi.Images;

namespace RunAi.Tests.Images;

/// <summary>A stand-in for the step runner's files, and a cache of compressed layers, in one folder of a test.</summary>
internal static class SampleRunner
{
    public static RunnerLayer In(string folder) => new(FilesIn(folder), CacheIn(folder));

    public static StepRunnerFiles FilesIn(string folder)
    {
        var files = Directory.CreateDirectory(Path.Combine(folder, "runner", "linux-x64")).FullName;
        File.WriteAllText(Path.Combine(files, "step-runner"), "#!/bin/sh\nexec \"$@\"\n");
        File.WriteAllText(Path.Combine(files, "notes.txt"), "notes");
        return new StepRunnerFiles(Path.Combine(folder, "runner"));
    }

    public static LayerCache CacheIn(string folder) => new(Path.Combine(folder, "cache"), TimeProvider.System);
}
