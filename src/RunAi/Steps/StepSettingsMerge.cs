using System.Collections;

namespace RunAi.Steps;

/// <summary>Lays a step's own settings over the operator's defaults.</summary>
internal static class StepSettingsMerge
{
    public static StepSettings Merge(StepSettings own, StepSettings defaults)
    {
        var merged = new StepSettings();
        foreach (StepSetting row in StepSettingsSchema.Rows)
        {
            var inherited = Inherits(own, row) ? defaults[row.Name] : null;
            merged[row.Name] = (own[row.Name], inherited) switch
            {
                (IDictionary over, IDictionary under) => TextMap.Merge(over, under),
                (var over, var under) => over ?? under,
            };
        }

        return merged;
    }

    /// <summary>False for a default that contradicts the step's own way of asking for a GPU.</summary>
    private static bool Inherits(StepSettings own, StepSetting row)
    {
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
}
