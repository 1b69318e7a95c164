using System.Text;

namespace RunAi.EndToEnd.Tests.Canary.Sinks;

/// <summary>Everything that was written anywhere, by the place it was written to.</summary>
internal sealed class Sightings
{
    private const int Around = 60;

    private readonly Dictionary<string, StringBuilder> _places = new(StringComparer.Ordinal);

    public int Length => _places.Values.Sum(place => place.Length);

    public void Add(string place, string? text)
    {
        if (!_places.TryGetValue(place, out var all))
        {
            _places[place] = all = new StringBuilder();
        }

        all.Append(text).Append('\n');
    }

    /// <summary>What was written to places of that beginning.</summary>
    public string Of(string prefix) =>
        string.Join('\n', _places.Where(place => place.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(place => place.Value));

    /// <summary>Where each secret was seen, with what stands around it: a line for each secret and place.</summary>
    public IReadOnlyList<string> Leaks(IEnumerable<PlantedSecret> secrets)
    {
        var places = _places.Select(place => (place.Key, Text: place.Value.ToString())).ToArray();
        return [.. secrets.SelectMany(secret => places.SelectMany(place => secret.Forms
            .Select(form => (Form: form, At: place.Text.IndexOf(form, StringComparison.Ordinal)))
            .Where(found => found.At >= 0)
            .Take(1)
            .Select(found => $"{secret.Name} in {place.Key}: {Surroundings(place.Text, found.At, found.Form.Length)}")))];
    }

    private static string Surroundings(string text, int at, int length) =>
        $"{text[Math.Max(0, at - Around)..at]}<HERE>{text[(at + length)..Math.Min(text.Length, at + length + Around)]}";
}
