namespace RunAi.Content;

/// <summary>A file or folder that an ignore file leaves out.</summary>
/// <param name="Name">The path below the source folder, with <c>/</c> between its parts and at the end of a folder's.</param>
/// <param name="By">The line that does.</param>
internal sealed record LeftOutEntry(string Name, IgnoreLine By);
