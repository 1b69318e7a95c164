using System.Collections;
using System.Collections.Specialized;
using RunAi.Content;
using RunAi.ControlPlane.Wire;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Specs;
using RunAi.Steps;
using RunAi.Tests.Steps;

namespace RunAi.Editions;

/// <summary>
/// Random steps, and what an edition makes of each: the request, the digest of the run and the key of its result in the cache.
/// </summary>
internal static class StepSamples
{
    public const int Count = 500;

    private const string RunId = "01J9ZC3Q4W8V5XK2M7T1N6B0RA";
    private const string Letters = "abcxyzABZ019._-";
    private const string AnyText = "a '\"\\$\n=é日\u2028/<>&";

    private static readonly StepSettings Full = FullSteps.Settings[0];
    private static readonly ProjectRecord Project = new() { Id = "4501", Name = "demo" };

    /// <summary>One line for each step.</summary>
    public static IReadOnlyList<string> Lines() => [.. Enumerable.Range(0, Count).Select(Line)];

    private static string Line(int number)
    {
        var random = new SampleRandom((ulong)number);
        var step = NewStep(random);
        var settings = NewSettings(random);
        var destination = new SubmissionDestination(Project.Id, "71f69d83-ba66-4822-adf5-55ce55efd210");
        var request = new SpecRequest(ParsedStep.Read(step, settings), destination, RunId);
        var plan = new StepPlan(step, settings, RunId, Project, (launch, _) => (request with { Launch = launch }).Build());
        var content = new RunContent(
            "registry.example/steps@" + Digest.Of(random.Bytes(8)),
            [.. Enumerable.Range(0, random.Below(3)).Select(at => Input(at, random))]);
        return string.Join(
            "\t", number, RunDigest.Of(plan, content), CacheKey.Of(request.Parsed, content), plan.Spec.Digest, plan.Spec.Json);
    }

    private static RunInput Input(int at, SampleRandom random) => new("input" + at, "artifacts/" + at, new ArtifactDescriptor
    {
        Name = random.Text(AnyText, 6),
        Digest = Digest.Of(random.Bytes(16)),
        Size = random.Below(1_000_000),
        MediaType = "application/octet-stream",
        FileName = random.Text(Letters, 9),
    });

    private static Step NewStep(SampleRandom random)
    {
        var environment = new OrderedDictionary();
        for (var at = random.Below(4); at > 0; at--)
        {
            environment["V" + at] = random.Of<object>(
                random.Text(AnyText, 12), random.Between(-1e6, 1e6), random.Below(100_000), random.OneIn(2),
                new Hashtable { ["secret"] = "s", ["key"] = "k" });
        }

        return new Step
        {
            Name = "s" + random.Text(Letters, 30),
            Image = "python:3.12-slim",
            Command = [.. Enumerable.Range(0, 1 + random.Below(4)).Select(at => at == 0 ? "sh" : random.Text(AnyText, 12))],
            Environment = environment,
            Output = random.OneIn(2) ? ["model", "log"] : [],
        };
    }

    private static StepSettings NewSettings(SampleRandom random)
    {
        var settings = new StepSettings
        {
            CpuCoreRequest = random.OneIn(2) ? random.Between(0.01, 8) : null,
            CpuCoreLimit = random.OneIn(2) ? random.Between(8, 64) : null,
            CpuMemoryRequest = random.Of(null, "512Mi", "1.5G", "2e9", "12Gi"),
            BackoffLimit = random.Of<int?>(null, 0, 5),
            Label = random.OneIn(3) ? new Hashtable { ["a"] = random.Text("abc", 5), ["b"] = "2" } : null,
            Annotation = random.OneIn(3) ? new Hashtable { ["note"] = random.Text(AnyText, 20) + "𝄞", ["b"] = "2" } : null,
            WorkloadTimeout = random.OneIn(2) ? TimeSpan.FromTicks(1 + random.Below(int.MaxValue)) : null,
        };
        if (random.OneIn(2))
        {
            settings.GpuDevicesRequest = 1;
            settings.GpuPortionRequest = random.Between(0.01, 1);
        }

        foreach (var row in StepSettingsSchema.Rows.Where(row => row.Groups.Count > 0))
        {
            settings[row.Name] = random.OneIn(4) ? Full[row.Name] : null;
        }

        return settings;
    }
}
