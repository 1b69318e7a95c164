using System.Collections;
using CsCheck;
using RunAi.Steps;

namespace RunAi.Tests.Steps;

/// <summary>Random step settings that keep to all rules, each setting set or not.</summary>
internal static class SettingsGen
{
    private static readonly StepSettings Full = FullSteps.Settings[0];
    private static readonly string[] GroupRows = [.. StepSettingsSchema.Rows.Where(row => row.Groups.Count > 0).Select(row => row.Name)];

    private static readonly Gen<string> Memory =
        Gen.Select(Gen.Int[5, 900], Gen.OneOf("M", "G", "Mi", "Gi", "e6", ".5G"), (number, suffix) => $"{number}{suffix}");

    private static readonly Gen<string> Name = Gen.String[Gen.Char["abcxyz019"], 1, 12];

    private static readonly Gen<Action<StepSettings>> Gpu = Gen.OneOf<Action<StepSettings>>(
        Gen.Const<Action<StepSettings>>(_ => { }),
        Gen.Const<Action<StepSettings>>(s => s.GpuDevicesRequest = 0),
        Gen.Int[1, 8].Select(devices => new Action<StepSettings>(s => s.GpuDevicesRequest = devices)),
        Gen.Select(Gen.Int[1, 4], Gen.Double[0.01, 0.5], Gen.Double[0.5, 1], Gen.Bool, (devices, request, limit, typed) =>
            new Action<StepSettings>(s =>
            {
                s.GpuDevicesRequest = devices;
                s.GpuPortionRequest = request;
                s.GpuPortionLimit = limit;
                s.GpuRequestType = typed ? "portion" : null;
            })),
        Gen.OneOf(0.25, 0.5, 1.0).Select(portion => new Action<StepSettings>(s => s.GpuPortionRequest = portion)),
        Gen.Select(Memory, Gen.Bool, (memory, limited) => new Action<StepSettings>(s =>
        {
            s.GpuRequestType = "memory";
            s.GpuMemoryRequest = memory;
            s.GpuMemoryLimit = limited ? "1T" : null;
        })));

    private static readonly Gen<Action<StepSettings>> Cpu = Gen.Select(
        Gen.Double[0.01, 8].Nullable(), Gen.Double[8, 64].Nullable(), Memory.Null(), Gen.Bool,
        (request, limit, memory, limited) => new Action<StepSettings>(s =>
        {
            s.CpuCoreRequest = request;
            s.CpuCoreLimit = limit;
            s.CpuMemoryRequest = memory;
            s.CpuMemoryLimit = limited ? "1Ti" : null;
        }));

    private static readonly Gen<Action<StepSettings>> Place = Gen.Select(
        Name.Array[1, 3].Null(), Name.Null(), Gen.OneOf<string?>(null, "preemptible", "NON-preemptible"), Name.Null(), Name.Null(),
        (pools, type, preemptibility, priority, category) => new Action<StepSettings>(s =>
        {
            s.NodePools = pools?.Distinct().ToArray();
            s.NodeType = type;
            s.Preemptibility = preemptibility;
            s.PriorityClass = priority;
            s.Category = category;
        }));

    private static readonly Gen<Action<StepSettings>> Pods = Gen.Select(
        Gen.Int[0, 6].Nullable(), Gen.Int[1, 4].Nullable(), Gen.Int[4, 9].Nullable(), Gen.Long[0, 1000].Nullable(),
        Gen.Long[0, 1000000].Nullable(),
        Gen.OneOf<string?>(null, "always", "Never", "OnFailure"), Gen.OneOf<string?>(null, "always", "IfNotPresent"), Gen.Bool.Nullable(),
        (backoff, parallelism, completions, grace, deletion, restart, pull, flag) => new Action<StepSettings>(s =>
        {
            s.BackoffLimit = backoff;
            s.Parallelism = parallelism;
            s.Completions = completions;
            s.TerminationGracePeriod = grace;
            s.AutoDeletionTimeAfterCompletion = deletion;
            s.RestartPolicy = restart;
            s.ImagePullPolicy = pull;
            s.LargeShmRequest = s.TerminateAfterPreemption = flag;
        }));

    private static readonly Gen<Action<StepSettings>> Rest = Gen.Select(
        Map().Null(), Map().Null(), Gen.OneOf<string?>(null, "/workspace"),
        Gen.OneOf<string?>(null, null, null, "550e8400-e29b-41d4-a716-446655440000"), Gen.Int[1, 100000].Nullable(),
        Gen.Long[1, 1L << 40].Nullable(),
        (labels, annotations, folder, template, timeout, pending) => new Action<StepSettings>(s =>
        {
            s.Label = labels;
            s.Annotation = annotations;
            s.WorkingDir = folder;
            s.WorkloadTemplateId = template;
            s.WorkloadTimeout = timeout is null ? null : TimeSpan.FromSeconds(timeout.Value);
            s.PendingTimeout = pending is null ? null : TimeSpan.FromTicks(pending.Value);
        }));

    /// <summary>Each group of full settings, or some items of each list, taken or left.</summary>
    private static readonly Gen<Action<StepSettings>> Groups = Gen.Int[0, int.MaxValue].Array[GroupRows.Length]
        .Select(picks => new Action<StepSettings>(settings =>
        {
            for (var i = 0; i < picks.Length; i++)
            {
                // The lowest bits leave most of them out: full settings are slow to hold to the document.
                var all = picks[i] % 4 == 0 ? Full[GroupRows[i]] : null;
                settings[GroupRows[i]] = all is Array list ? Some(list, picks[i] >> 2) : all;
            }
        }));

    /// <summary>Valid settings.</summary>
    public static Gen<StepSettings> Valid { get; } = Gen.Select(
        Gpu, Cpu, Place, Pods, Rest, Groups, (gpu, cpu, place, pods, rest, groups) =>
        {
            var settings = new StepSettings();
            foreach (Action<StepSettings> set in new[] { gpu, cpu, place, pods, rest, groups })
            {
                set(settings);
            }

            return settings;
        });

    private static Array? Some(Array all, int pick)
    {
        object[] some = [.. all.Cast<object>().Where((_, at) => (pick >> at) % 2 == 1)];
        var typed = Array.CreateInstance(all.GetType().GetElementType()!, some.Length);
        some.CopyTo(typed, 0);
        return some.Length == 0 ? null : typed;
    }

    private static Gen<IDictionary> Map() => Gen.Select(Name, Name).Array[0, 3].Select(pairs =>
    {
        var map = new Hashtable();
        foreach ((var name, var value) in pairs)
        {
            map[name] = value;
        }

        return (IDictionary)map;
    });
}
