using System.Collections;

namespace RunAi.Steps;

/// <summary>Gives any dictionary's entries one form; enumerated plainly, a generic one yields another type than a hashtable.</summary>
internal static class DictionaryEntries
{
    public static IEnumerable<DictionaryEntry> Entries(this IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return entry;
        }
    }
}
