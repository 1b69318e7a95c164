namespace RunAi.StepRunner.Store;

/// <summary>What is to be stored cannot be read here: nothing that another try would mend.</summary>
internal sealed class ContentException(string message) : Exception(message)
{
    /// <summary>The one that an HTTP client has wrapped.</summary>
    public static ContentException? In(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is ContentException found)
            {
                return found;
            }
        }

        return null;
    }
}
