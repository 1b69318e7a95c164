using System.Globalization;
using RunAi.Chaos.Tests.Clients;
using RunAi.Chaos.Tests.Servers;
using RunAi.Runs;

namespace RunAi.Chaos.Tests;

/// <summary>Compares what clients were told and what their records say with what the emulator did.</summary>
internal sealed class Census
{
    private Census(IReadOnlyList<EmulatorEffect> effects, IReadOnlyCollection<StepRun> runs, IReadOnlyCollection<RunRecord> records)
    {
        Runs = runs.Count;
        var created = effects.Where(effect => effect.Kind == "created").ToList();
        var ids = created.ToDictionary(effect => effect.WorkloadId, effect => effect.Name);
        Created = created.Count;
        Duplicates = [.. created.GroupBy(effect => effect.Name).Where(group => group.Count() > 1).Select(group => group.Key)];
        Lost = [.. runs.Where(run => run.WorkloadId is null || ids.GetValueOrDefault(run.WorkloadId) != run.WorkloadName)
            .Select(run => $"{run.WorkloadName} ({run.WorkloadId})")];
        Unknown = [.. ids.Where(pair => !records.Any(record => record.State == StepRunState.Submitted && record.WorkloadId == pair.Key))
            .Select(pair => pair.Value)];
        WronglyStopped = [.. effects.Where(effect => effect.Kind is "stopped" or "deleted").Select(effect => effect.Name)];
    }

    /// <summary>Runs whose submission was reported to have succeeded.</summary>
    public int Runs { get; }

    /// <summary>Workloads created.</summary>
    public int Created { get; }

    /// <summary>Names of attempts with more than one workload.</summary>
    public IReadOnlyList<string> Duplicates { get; }

    /// <summary>Workloads that a client was told of and that do not exist.</summary>
    public IReadOnlyList<string> Lost { get; }

    /// <summary>Workloads that no record knows the id of.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Workloads that were stopped or deleted. Nobody ever asks for it here.</summary>
    public IReadOnlyList<string> WronglyStopped { get; }

    /// <param name="effects">What the emulator did.</param>
    /// <param name="client">A client with the store of the records.</param>
    /// <param name="runs">What clients were told.</param>
    public static async Task<Census> TakeAsync(
        IReadOnlyList<EmulatorEffect> effects, ChaosClient client, IReadOnlyCollection<StepRun> runs) =>
        new(effects, runs, await client.RecordsAsync());

    /// <summary>Fails unless each run has one workload, which its client and its record know and nobody touched.</summary>
    public void AssertRight(int runs, string circumstances)
    {
        Assert.True(
            Runs == runs && Created == runs && Duplicates.Count + Lost.Count + Unknown.Count + WronglyStopped.Count == 0,
            $"{this}\n{circumstances}\nduplicates: {Line(Duplicates)}\nlost: {Line(Lost)}\nunknown: {Line(Unknown)}\nwrongly stopped: "
            + $"{Line(WronglyStopped)}");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"runs {Runs}, workloads created {Created}, duplicates {Duplicates.Count}, lost {Lost.Count}, unknown {Unknown.Count}, wrongly "
        + $"stopped {WronglyStopped.Count}");

    private static string Line(IEnumerable<string> names) => string.Join(", ", names.Take(10));
}
