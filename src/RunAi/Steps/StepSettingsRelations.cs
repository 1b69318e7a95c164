namespace RunAi.Steps;

/// <summary>The rules between settings. A setting that is wrong by itself is left out of them.</summary>
internal static class StepSettingsRelations
{
    public static IEnumerable<Violation> Violations(StepSettings settings, HashSet<string> faulty)
    {
        IEnumerable<Violation> gpu = settings.GpuDevicesRequest == 0 ? WithoutGpu(settings) : ShareOfGpu(settings);
        return gpu.Concat(Limits(settings, faulty)).Concat(Pods(settings)).Concat(Terminal(settings)).Concat(Template(settings))
            .Concat(GroupRelations.Violations(settings));
    }

    /// <summary>False for a default that contradicts the step's own way of asking for a GPU, or its own template.</summary>
    public static bool Inherits(StepSettings own, StepSetting row)
    {
        if (row.Name is nameof(StepSettings.WorkloadTemplate) or nameof(StepSettings.WorkloadTemplateId))
        {
            return !own.HasTemplate;
        }

        if (!row.IsShareOfGpu)
        {
            return true;
        }

        if (own.GpuDevicesRequest == 0)
        {
            return false;
        }

        var type = own.GpuRequestType
            ?? ((own.GpuPortionRequest ?? own.GpuPortionLimit) is not null ? "portion" : null);
        return row.Name switch
        {
            _ when type is null => true,
            nameof(StepSettings.GpuRequestType) => false,
            nameof(StepSettings.GpuMemoryRequest) or nameof(StepSettings.GpuMemoryLimit) => type == "memory",
            _ => type == "portion",
        };
    }

    private static IEnumerable<Violation> WithoutGpu(StepSettings settings) =>
        StepSettingsSchema.Rows
            .Where(row => row.IsShareOfGpu && settings[row.Name] is not null)
            .Select(row => new Violation(row.Name,
                "asks for a share of a GPU, but GpuDevicesRequest 0 asks for none. Leave one of the two out."));

    private static IEnumerable<Violation> ShareOfGpu(StepSettings settings)
    {
        var type = settings.GpuRequestType;
        if (type == "memory" && settings.GpuDevicesRequest > 1)
        {
            yield return new Violation(nameof(StepSettings.GpuRequestType),
                $"memory takes one device, and GpuDevicesRequest is {settings.GpuDevicesRequest}. Ask for portions, or for one device.");
        }

        if (type == "memory" && settings.GpuMemoryRequest is null && !settings.HasTemplate)
        {
            yield return new Violation(nameof(StepSettings.GpuMemoryRequest),
                "is missing. With GpuRequestType memory it says how much memory of the GPU to hold, such as 8G.");
        }

        var other = type switch { "memory" => "portion", "portion" => "memory", _ => null };
        string[] others = other == "portion"
            ? [nameof(StepSettings.GpuPortionRequest), nameof(StepSettings.GpuPortionLimit)]
            : [nameof(StepSettings.GpuMemoryRequest), nameof(StepSettings.GpuMemoryLimit)];
        foreach (var name in others.Where(name => other is not null && settings[name] is not null))
        {
            yield return new Violation(name, $"goes with GpuRequestType {other}, which is {type} here (portion unless set). "
                + $"Leave {name} out, or set GpuRequestType {other}.");
        }
    }

    private static IEnumerable<Violation> Limits(StepSettings settings, HashSet<string> faulty)
    {
        foreach (var name in new[] { "GpuPortion", "GpuMemory", "CpuCore", "CpuMemory" })
        {
            (var limitName, var requestName) = (name + "Limit", name + "Request");
            if (settings[limitName] is { } limit && settings[requestName] is { } request
                && !faulty.Contains(limitName) && !faulty.Contains(requestName) && Compare(limit, request) < 0)
            {
                yield return new Violation(limitName, FormattableString.Invariant($"{limit} is below {requestName} {request}. ")
                    + FormattableString.Invariant($"Raise the limit, or set {requestName} to at most {limit}."));
            }
        }
    }

    private static IEnumerable<Violation> Pods(StepSettings settings)
    {
        if (settings.Parallelism > settings.Completions)
        {
            yield return new Violation(nameof(StepSettings.Parallelism),
                $"{settings.Parallelism} is above Completions {settings.Completions}. No more pods can run than are to complete.");
        }
    }

    private static IEnumerable<Violation> Terminal(StepSettings settings)
    {
        if (settings.Tty == true && settings.Stdin == false)
        {
            yield return new Violation(nameof(StepSettings.Tty), "needs Stdin, which is false. Leave one of the two out.");
        }
    }

    private static IEnumerable<Violation> Template(StepSettings settings)
    {
        if (settings.WorkloadTemplate is not null && settings.WorkloadTemplateId is not null)
        {
            yield return new Violation(
                nameof(StepSettings.WorkloadTemplate), "is given beside WorkloadTemplateId. Name the template in one of the two.");
        }
    }

    private static int Compare(object limit, object request) =>
        limit is string text
            && Quantity.TryParse(text, out Quantity? most, out _)
            && Quantity.TryParse((string)request, out Quantity? least, out _)
                ? most.CompareTo(least)
                : Comparer<object>.Default.Compare(limit, request);
}
