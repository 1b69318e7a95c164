namespace RunAi.Quickstart;

/// <summary>The things the quickstart can run.</summary>
internal enum QuickstartMode
{
    Story,
    File,
    Prompt,
    Help,
}
