using System.Diagnostics;
using System.Runtime.Versioning;
using Newtonsoft.Json.Linq;
using RunAi.Configuration;

namespace RunAi.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_NoFile_IsANewConfigurationAndCreatesNothing()
    {
        var root = File("runai.json").Read();

        Assert.Equal("""{"version":1}""", root.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Location));
    }

    [Fact]
    public async Task Update_NoFolder_CreatesFolderAndFile()
    {
        var path = Path.Combine(_folder.Location, "a", "b", "runai.json");

        await Set(new ConfigurationFile(path), "x", 1);

        Assert.Equal("{\n  \"version\": 1,\n  \"x\": 1\n}\n", System.IO.File.ReadAllText(path));
    }

    [Fact]
    public async Task Update_EmptyFile_IsFilled()
    {
        System.IO.File.WriteAllText(_folder["runai.json"], " \n");

        await Set(File("runai.json"), "x", 1);

        Assert.Equal(1, (int)File("runai.json").Read()["x"]!);
    }

    [Fact]
    public async Task Update_UnknownFields_SurviveAsWritten()
    {
        const string Text = """
            {
              "version": 1,
              "future": { "when": "2030-01-01T00:00:00.1200Z", "exact": 1.10, "big": 12345678901234567890123, "none": null },
              "list": [ { "deep": [ true, "\u00e9 \" \\" ] } ]
            }
            """;
        System.IO.File.WriteAllText(_folder["runai.json"], Text);

        await Set(File("runai.json"), "x", 1);

        var after = System.IO.File.ReadAllText(_folder["runai.json"]);
        Assert.Contains("\"when\": \"2030-01-01T00:00:00.1200Z\"", after);
        Assert.Contains("\"exact\": 1.10", after);
        Assert.Contains("\"big\": 12345678901234567890123", after);
        Assert.Contains("\"none\": null", after);
        Assert.Contains("é \\\" \\\\", after);
        Assert.Equal(1, (int)JObject.Parse(after)["x"]!);
    }

    [Fact]
    public async Task Update_ChangeThrows_WritesNothing()
    {
        await Set(File("runai.json"), "x", 1);
        var before = System.IO.File.ReadAllText(_folder["runai.json"]);

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => File("runai.json").UpdateAsync<int>(
            root =>
            {
                root["x"] = 2;
                throw new InvalidTimeZoneException();
            },
            default));

        Assert.Equal(before, System.IO.File.ReadAllText(_folder["runai.json"]));
        await Set(File("runai.json"), "y", 1);
    }

    [Fact]
    public async Task Update_NothingChanged_LeavesTheFileUntouched()
    {
        await Set(File("runai.json"), "x", 1);
        var old = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        System.IO.File.SetLastWriteTimeUtc(_folder["runai.json"], old);

        await Set(File("runai.json"), "x", 1);

        Assert.Equal(old, System.IO.File.GetLastWriteTimeUtc(_folder["runai.json"]));
    }

    [Theory]
    [InlineData("{ \"version\": 1,\n  \"a\": }", "line 2, position ")]
    [InlineData("{ \"a\": 1 } x", "line 1, position 1")]
    [InlineData("{ \"a\": 1, \"a\": 2 }", "line 1")]
    [InlineData("[1]", "not one JSON object")]
    [InlineData("{ \"a\": \"s3cret", "line 1")]
    [InlineData("{ \"version\": \"1\" }", "line 1: version must be a whole number")]
    [InlineData("{ \"version\": 0 }", "version must be a whole number")]
    [InlineData("{ \"version\": -1 }", "version must be a whole number")]
    [InlineData("{ \"version\": 1.5 }", "version must be a whole number")]
    [InlineData("{ \"version\": 2 }", "has version 2")]
    [InlineData("{ \"version\": 123456789012345678901234567890123 }", "version must be a whole number")]
    public async Task ReadAndUpdate_BrokenFile_TellPathAndPlaceAndLeaveIt(string text, string place)
    {
        System.IO.File.WriteAllText(_folder["runai.json"], text);

        var read = Assert.Throws<ConfigurationException>(() => File("runai.json").Read());
        var update = await Assert.ThrowsAsync<ConfigurationException>(() => Set(File("runai.json"), "x", 1));

        Assert.Equal(ErrorIds.ConfigurationInvalid, read.ErrorId);
        Assert.Equal(read.Message, update.Message);
        Assert.Contains(_folder["runai.json"], read.Message);
        Assert.Contains(place, read.Message);
        Assert.Contains("RUNAI_CONFIG", read.Message);
        Assert.DoesNotContain("s3cret", read.ToString());
        Assert.Equal(text, System.IO.File.ReadAllText(_folder["runai.json"]));
    }

    [Fact]
    public void Read_Folder_TellsItCannotBeRead()
    {
        Directory.CreateDirectory(_folder["runai.json"]);

        var thrown = Assert.Throws<ConfigurationException>(() => File("runai.json").Read());

        Assert.Equal(ErrorIds.ConfigurationInvalid, thrown.ErrorId);
        Assert.Contains("cannot be read", thrown.Message);
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public async Task Update_OnUnix_FileIsItsOwnersOnly()
    {
        Skip.If(OperatingSystem.IsWindows() || Edition.IsDesktop, "Windows has no such modes.");
        await Set(File("runai.json"), "x", 1);
        System.IO.File.SetUnixFileMode(_folder["runai.json"], UnixFileMode.UserRead | UnixFileMode.OtherRead);

        await Set(File("runai.json"), "x", 2);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(_folder["runai.json"]));
    }

    [SkippableFact]
    public async Task Update_ThroughLinks_ChangesTheTargetAndKeepsTheLinks()
    {
        Skip.If(
            OperatingSystem.IsWindows() || Edition.IsDesktop,
            "Making links needs a right on Windows, and .NET Framework follows them by Windows' own call.");
        Directory.CreateDirectory(_folder["dotfiles"]);
        var target = Path.Combine(_folder["dotfiles"], "real.json");
        System.IO.File.CreateSymbolicLink(_folder["middle.json"], Path.Combine("dotfiles", "real.json"));
        System.IO.File.CreateSymbolicLink(_folder["runai.json"], _folder["middle.json"]);

        await Set(File("runai.json"), "x", 1);
        await Set(File("runai.json"), "x", 2);

        Assert.Equal(_folder["middle.json"], new FileInfo(_folder["runai.json"]).LinkTarget);
        Assert.NotNull(new FileInfo(_folder["middle.json"]).LinkTarget);
        Assert.Null(new FileInfo(target).LinkTarget);
        Assert.Equal(2, (int)JObject.Parse(System.IO.File.ReadAllText(target))["x"]!);
    }

    [Fact]
    public async Task Update_WhatACrashLeft_IsOverwritten()
    {
        System.IO.File.WriteAllText(_folder["runai.json.tmp"], "half of someth");

        await Set(File("runai.json"), "x", 1);

        Assert.Equal(1, (int)File("runai.json").Read()["x"]!);
        Assert.False(System.IO.File.Exists(_folder["runai.json.tmp"]));
    }

    [Fact]
    public async Task Update_ManyAtOnce_LosesNoneAndReadersNeverSeeAHalf()
    {
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            do
            {
                Assert.Equal(1, (int)File("runai.json").Read()["version"]!);
            }
            while (!done.IsCancellationRequested);
        });

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => Set(File("runai.json"), "k" + i, i))));

        await done.CancelAsync();
        await reader;
        Assert.Equal(41, File("runai.json").Read().Count);
    }

    [Fact]
    public async Task Update_HeldForTooLong_TellsTheLockFile()
    {
        var time = new JumpingTime();
        using var held = new FileStream(_folder["runai.json.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var thrown = await Assert.ThrowsAsync<ConfigurationException>(
            () => Set(new ConfigurationFile(_folder["runai.json"], time), "x", 1));

        Assert.Equal(ErrorIds.ConfigurationLocked, thrown.ErrorId);
        Assert.Contains(_folder["runai.json.lock"], thrown.Message);
        Assert.Equal(TimeSpan.FromSeconds(10), TimeSpan.FromTicks(time.Waits.Sum(wait => wait.Ticks)));
        Assert.False(System.IO.File.Exists(_folder["runai.json"]));
    }

    [Fact]
    public async Task Update_HeldForAWhile_WaitsAndGoesOn()
    {
        var held = new FileStream(_folder["runai.json.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var time = new JumpingTime { OnWait = count => (count == 3 ? held : null)?.Dispose() };

        await Set(new ConfigurationFile(_folder["runai.json"], time), "x", 1);

        Assert.Equal(3, time.Waits.Count);
        Assert.Equal(1, (int)File("runai.json").Read()["x"]!);
    }

    [Fact]
    public async Task Update_CancelledWhileHeld_EndsAtOnce()
    {
        using var held = new FileStream(_folder["runai.json.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        using var cancel = new CancellationTokenSource();
        var time = new JumpingTime { OnWait = _ => cancel.Cancel() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ConfigurationFile(_folder["runai.json"], time)
            .UpdateAsync(root => root["x"] = 1, cancel.Token));

        Assert.Single(time.Waits);
    }

    [SkippableFact]
    public async Task Update_HeldByAnotherProcess_WaitsForIt()
    {
        Skip.IfNot(System.IO.File.Exists("/usr/bin/flock") && !Edition.IsDesktop, "Mono's file locks are not those of flock.");
        using var other = Process.Start(ProgramStart.Of("/usr/bin/flock", _folder["runai.json.lock"], "sh", "-c", "echo held; read go"))!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync());

        var thrown = await Assert.ThrowsAsync<ConfigurationException>(
            () => Set(new ConfigurationFile(_folder["runai.json"], new JumpingTime()), "x", 1));
        other.StandardInput.Close();
        await other.WaitForExitAsync();
        await Set(File("runai.json"), "x", 1);

        Assert.Equal(ErrorIds.ConfigurationLocked, thrown.ErrorId);
        Assert.Equal(1, (int)File("runai.json").Read()["x"]!);
    }

    [SkippableFact]
    public async Task Update_FolderThatTakesNoFiles_TellsItCannotBeWritten()
    {
        Skip.IfNot(Directory.Exists("/proc/self"));
        var thrown = await Assert.ThrowsAsync<ConfigurationException>(
            () => Set(new ConfigurationFile("/proc/self/no/runai.json"), "x", 1));

        Assert.Equal(ErrorIds.ConfigurationInvalid, thrown.ErrorId);
        Assert.Contains("cannot be written", thrown.Message);
    }

    private static Task<int> Set(ConfigurationFile file, string key, int value) => file.UpdateAsync(
        root =>
        {
            root[key] = value;
            return value;
        },
        default);

    private ConfigurationFile File(string name) => new(_folder[name]);
}
