using System.Reflection;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>A folder with a pwsh for images of tests: it starts the stand-in that is built beside the tests.</summary>
internal static class StandInPwsh
{
    public static void Write(string folder)
    {
        var configuration = typeof(StandInPwsh).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(customAttribute => customAttribute.Key == "Configuration").Value!;
        var program = Path.Combine(Checkout.Root, "tests", "RunAi.StandInPwsh", "bin", configuration, "net10.0", "pwsh");
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, "pwsh");
        File.WriteAllText(path, $"#!/bin/sh\nexec '{program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
