using System.Diagnostics;
using RunAi.Content;

namespace RunAi.EndToEnd.Tests;

/// <summary><c>.dockerignore</c> held against the contexts of Buildah, which Podman builds with, too.</summary>
public sealed class DockerIgnorePeerTests : IDisposable
{
    private static readonly string[] Files =
        [
            "a.py", "b.txt", "lib/a.py", "lib/b.txt", "lib/sub/a.py", "lib/sub/deep/b.txt", "data/x.bin", "data/sub/y.bin", "app/data/a.py",
            "app/lib/b.txt",
        ];

    private static readonly string[] Before = ["", "", "/", "./", "**/", "*/"];
    private static readonly string[] Names =
        ["a.py", "*.py", "b.txt", "lib", "data", "sub", "lib/sub", "data/x.bin", "*", "app/../lib", "l?b", "[ad]*", "lib/*.py", "app/data"];

    /// <summary>What may be brought back. Below a folder that is left out Buildah finds literal paths alone, where Docker's rules
    /// know any pattern, and it cleans <c>!app/../lib</c> to <c>lib</c>, where Docker takes the mark off first.</summary>
    private static readonly string[] Paths =
    [
        "a.py", "b.txt", "lib", "./lib/sub/", "/data", "lib/sub/deep", "data/x.bin", "app/data", "app/lib/b.txt",
    ];

    private static readonly string[] After = ["", "", "", "/", "/*", "/**"];

    private readonly string _folder = Directory.CreateTempSubdirectory("runai-ignore-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void Contexts_OfAnyRules_HoldTheSameFiles()
    {
        Peers.Require("buildah");
        Peers.RequireSuperUser();
        File.WriteAllText(Path.Combine(_folder, "Dockerfile"), "FROM scratch\nCOPY . /\n");
        File.WriteAllText(Path.Combine(_folder, "storage.conf"), $"""
            [storage]
            driver = "vfs"
            graphroot = "{Path.Combine(_folder, "graph")}"
            runroot = "{Path.Combine(_folder, "run")}"
            """);

        // The same rules in every run: what Buildah makes of others is not ours to mend.
        var random = new Random(7);
        for (var i = 0; i < 24; i++)
        {
            var rules = string.Join('\n', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Line()));
            var context = Context(rules);
            var ours = SourceTree.Read(context, default).Entries.Where(entry => entry.Kind != SourceKind.Folder)
                .Select(entry => entry.Name);

            var built = string.Join(' ', Built(context));
            var packed = string.Join(' ', ours.Order(StringComparer.Ordinal));
            Assert.True(built == packed, $"{rules}\nBuildah copies: {built}\nWe pack: {packed}");
        }

        string Line() => random.Next(3) == 0 ? "!" + Pick(Paths) : Pick(Before) + Pick(Names) + Pick(After);

        string Pick(string[] of) => of[random.Next(of.Length)];
    }

    private string Context(string rules)
    {
        var context = Path.Combine(_folder, "context");
        if (!Directory.Exists(context))
        {
            foreach (var file in Files)
            {
                var path = Path.Combine(context, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, file);
            }
        }

        File.WriteAllText(Path.Combine(context, ".dockerignore"), rules);
        return context;
    }

    /// <summary>The files that Buildah copies from a context.</summary>
    private IEnumerable<string> Built(string context)
    {
        var built = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        string[] arguments =
            [
                "bud", "--layers=false", "--isolation=chroot", "-f", Path.Combine(_folder, "Dockerfile"), "--output",
                $"type=local,dest={built}", context,
            ];
        var start = new ProcessStartInfo("buildah", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CONTAINERS_STORAGE_CONF"] = Path.Combine(_folder, "storage.conf") },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        // A context of which nothing is left is an error of the COPY.
        Assert.True(process.ExitCode == 0 || errors.Contains("filtered out", StringComparison.Ordinal), errors + output.Result);
        return !Directory.Exists(built)
            ? []
            : Directory.GetFiles(built, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(built, file))
                .Order(StringComparer.Ordinal);
    }
}
