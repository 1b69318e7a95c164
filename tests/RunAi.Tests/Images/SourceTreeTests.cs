using System.Diagnostics;
using CsCheck;
using RunAi.Content;

namespace RunAi.Tests.Images;

public sealed class SourceTreeTests : IDisposable
{
    private static readonly string[] Rules =
    [
        "*.pyc", "/a", "a/", "**/b", "a/**", "a/**/b", "*", "!*.py", "a/*", "!a/b", "[a-c].x", "[!a].x", "[]].x", "[[:digit:]].x", @"\#x",
        @"\!x", @"x\ ", "f?o", "a**b", "a*/b", "foo/bar", "*.[oa]", "caf?", "caf??", "a b  ", "x/**/y/*.z", "**", "# comment", "!foo/",
        "foo/*", "!foo/bar", "x\\", "[a", "/foo/*.x", "caf*",
    ];

    private static readonly string[] Paths =
    [
        "b/a", "a/b", "a/c/b", "a/c/d", "x.pyc", "d/x.pyc", "m.py", "d/m.py", "a.x", "d.x", "5.x", "].x", "#x", "!x", "x ", "foo/bar",
        "foo/a.x", "d/foo/bar", "axxb", "aZb", "ax/b", "t.o", "café", "a b", "x/y/q.z", "x/1/2/y/q.z", "fxo", "x\\",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ignore_AnyRules_LeavesOutWhatGitDoes()
    {
        Git("init", "-q");
        Assert.All(Paths, Touch);

        var rules = Gen.Int[0, Rules.Length - 1].Select(i => Rules[i]).List[1, 5];
        Gen.Select(rules, rules, Gen.Bool).Sample(
            (root, below, hasBelow) =>
            {
                File.WriteAllText(_folder[".gitignore"], string.Join("\n", root) + "\n");
                var nested = Path.Combine(_folder.Location, "foo", ".gitignore");
                File.Delete(nested);
                if (hasBelow)
                {
                    File.WriteAllText(nested, string.Join("\r\n", below));
                }

                var git = Git("ls-files", "--others", "--exclude-standard", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries);
                Assert.Equal(git.Order(StringComparer.Ordinal), Files().Order(StringComparer.Ordinal));
            },
            iter: 150,
            threads: 1);
    }

    [Fact]
    public void Read_SeveralIgnoreFiles_TakesTheFirstOfTheThree()
    {
        Assert.All(["a", "b", "c"], Touch);
        File.WriteAllText(_folder[".gitignore"], "a\n.*ignore");
        File.WriteAllText(_folder[".dockerignore"], "b\n.*ignore");

        Assert.Equal(["a", "c"], Files());
        File.WriteAllText(_folder[".runaiignore"], "c\n.*ignore");
        Assert.Equal(["a", "b"], Files());
    }

    [Fact]
    public void Read_Folders_KeepsEmptyOnesAndLeavesOutThoseOfIgnoredFiles()
    {
        Directory.CreateDirectory(_folder["empty"]);
        Touch("cache/x.pyc");
        Touch(".git/HEAD");
        File.WriteAllText(_folder[".gitignore"], "*.pyc");

        Assert.Equal([".gitignore", "empty"], SourceTree.Read(_folder.Location, default).Entries.Select(e => e.Name));
    }

#if !NETFRAMEWORK
    // .NET Framework runs on Windows alone, which has no such files.
    [Fact]
    public void Read_Pipe_IsRefused()
    {
        Run("mkfifo", _folder["pipe"]);

        var error = Assert.Throws<ContentException>(() => SourceTree.Read(_folder.Location, default));

        Assert.Contains("pipe", error.Message, StringComparison.Ordinal);
    }
#endif

    [Fact]
    public void Read_NoFolder_SaysSo()
    {
        var error = Assert.Throws<ContentException>(() => SourceTree.Read(_folder["nope"], default));

        Assert.Equal(ErrorIds.ImageBuildFailed, error.ErrorId);
        Assert.Contains("nope", error.Message, StringComparison.Ordinal);
    }

    private IEnumerable<string> Files() =>
        SourceTree.Read(_folder.Location, default).Entries.Where(e => e.Kind != SourceKind.Folder).Select(e => e.Name);

    private void Touch(string name)
    {
        var file = _folder[name];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, name);
    }

    private string Git(params string[] arguments) => Run("git", ["-c", "core.excludesFile=/dev/null", .. arguments]);

    private string Run(string program, params string[] arguments)
    {
        var start = ProgramStart.Of(program, arguments);
        start.WorkingDirectory = _folder.Location;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
