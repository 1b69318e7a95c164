using RunAi.Steps.Documents;

namespace RunAi.PowerShell.Documents;

/// <summary>Files with steps.</summary>
internal static class StepFile
{
    public static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        || (!path.EndsWith(".psd1", StringComparison.OrdinalIgnoreCase)
            ? throw new RunAiException(
                ErrorIds.InvalidStepDocument,
                $"'{path}' ends neither in .psd1 nor in .json. Name the file so, which says how it is written.")
            {
                Target = path,
            }
            : false);

    /// <summary>The files of a folder that are named as ones with steps.</summary>
    public static IEnumerable<string> In(string folder) => Directory.GetFiles(folder)
        .Where(file => file.EndsWith(".psd1", StringComparison.OrdinalIgnoreCase)
            || file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        .OrderBy(file => file, StringComparer.Ordinal);

    /// <exception cref="RunAiException">The file cannot be read, or holds no step or a wrong one.</exception>
    public static Step Read(string path)
    {
        var isJson = IsJson(path);
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunAiException(ErrorIds.InvalidStepDocument, $"'{path}' cannot be read: {e.Message}", e) { Target = path };
        }

        try
        {
            return StepDocument.Read(isJson ? StepDocument.OfJson(text) : DataFile.Read(text), Path.GetDirectoryName(path)!);
        }
        catch (RunAiException e) when (e.ErrorId == ErrorIds.InvalidStepDocument)
        {
            throw new RunAiException(e.ErrorId, $"'{path}': {e.Message}", e) { Target = path };
        }
    }
}
