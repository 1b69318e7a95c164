using Newtonsoft.Json.Linq;
using RunAi.Policies;

namespace RunAi.Specs;

/// <summary>
/// Completes the fields that share a GPU, which make sense only together: none without a device, type and portion for one,
/// neither for several whole ones (the API's prose forbids them there, and only newer clusters take several portions).
/// </summary>
internal static class GpuShare
{
    private const string Portion = "portion";
    private const string DevicesPath = "compute.gpuDevicesRequest";
    private const string TypePath = "compute.gpuRequestType";
    private const string PortionPath = "compute.gpuPortionRequest";
    private const string MemoryPath = "compute.gpuMemoryRequest";

    public static void Complete(StepSettings settings, PolicyView policy)
    {
        var template = settings.HasTemplate;
        var devices = settings.GpuDevicesRequest ?? (template ? null : DefaultDevices(policy));
        var asksPortion = settings.GpuPortionRequest is not null || settings.GpuPortionLimit is not null;
        var fill = !template && devices >= 1;

        if (settings.GpuRequestType is null
            && (asksPortion ? !Gives(policy, Portion) : fill && !policy.Decides(TypePath) && !policy.HasDefault(MemoryPath)))
        {
            settings.GpuRequestType = Portion;
        }

        if (fill && settings.GpuPortionRequest is null && settings.GpuMemoryRequest is null
            && (settings.GpuRequestType ?? Text(policy.DefaultOf(TypePath))) == Portion && !policy.Decides(PortionPath))
        {
            settings.GpuPortionRequest = 1;
        }

        if (fill && devices > 1 && IsWhole(settings) && !policy.Decides(TypePath) && !policy.Decides(PortionPath))
        {
            (settings.GpuRequestType, settings.GpuPortionRequest, settings.GpuPortionLimit) = (null, null, null);
        }
    }

    private static int? DefaultDevices(PolicyView policy) =>
        policy.DefaultOf(DevicesPath) is { Type: JTokenType.Integer } devices ? devices.Value<int>() : null;

    /// <summary>True when the policy brings the type, or lets no submission carry one.</summary>
    private static bool Gives(PolicyView policy, string type) =>
        policy.MayNotEdit(TypePath) || Text(policy.DefaultOf(TypePath)) == type;

    private static bool IsWhole(StepSettings settings) =>
        settings.GpuRequestType is null or Portion
        && settings.GpuPortionRequest is null or 1
        && settings.GpuPortionLimit is null or 1
        && settings.GpuMemoryRequest is null;

    private static string? Text(JToken? token) => token?.Type == JTokenType.String ? token.Value<string>() : null;
}
