using RunAi.Policies;
using RunAi.Steps;

namespace RunAi.Specs;

/// <summary>
/// Fills in what nobody set: the default of the table, unless a template is named or the project's policy gives the field a
/// default or forbids editing it. What is null afterwards is not sent.
/// </summary>
internal static class SettingDefaults
{
    public static StepSettings Fill(StepSettings settings, PolicyView policy)
    {
        StepSettings filled = settings.MergedOver(null);
        var template = settings.HasTemplate;
        foreach (StepSetting row in StepSettingsSchema.Rows)
        {
            if (row.Default is { } value && !row.IsShareOfGpu && !template && filled[row.Name] is null && !policy.Decides(row.WirePath!))
            {
                filled[row.Name] = value;
            }
        }

        if (filled.Tty == true && filled.Stdin is null && !policy.Decides("stdin"))
        {
            // The document: a terminal also requires stdin.
            filled.Stdin = true;
        }

        GpuShare.Complete(filled, policy);
        return filled;
    }
}
