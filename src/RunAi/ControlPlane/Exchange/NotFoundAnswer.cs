namespace RunAi.ControlPlane;

/// <summary>What the control plane does not know, or no longer.</summary>
internal static class NotFoundAnswer
{
    /// <summary>The answer to a request; null when what it asks for is not there.</summary>
    /// <param name="request">The request.</param>
    public static async Task<T?> OrNullIfNotFoundAsync<T>(this Task<T> request)
        where T : class
    {
        try
        {
            return await request.ConfigureAwait(false);
        }
        catch (RunAiApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }
}
