
namespace RunAi.ControlPlane;

/// <summary>The one spelling of a control plane's base URL, so that two spellings share one session.</summary>
internal static class ControlPlaneUrl
{
    /// <summary>The form the step operators use; refuses what is no base URL, without repeating it.</summary>
    public static Uri Normalize(string text)
    {
        // Whether plain http is allowed was settled when the operator was registered.
        var (url, fault) = BaseUrl.Normalise(text, allowInsecureHttp: true);
        return url is null
            ? throw new ConfigurationException(ErrorIds.InvalidStepOperator, "The control plane's base URL " + fault)
            : new Uri(url);
    }

    /// <summary>The URL as users know it, without the slash <see cref="Uri"/> adds.</summary>
    public static string Show(Uri baseUrl) => baseUrl.AbsoluteUri.TrimEnd('/');
}
