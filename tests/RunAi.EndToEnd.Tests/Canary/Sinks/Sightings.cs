using System.Buffers;
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

    /// <summary>Where secrets were seen, with what stands around them: the first in each place, by name where two have one value.</summary>
    public IReadOnlyList<string> Leaks(IEnumerable<PlantedSecret> secrets)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (form, name) in secrets.SelectMany(secret => secret.Forms.Select(form => (form, secret.Name))))
        {
            names.TryAdd(form, name);
        }

        var forms = SearchValues.Create([.. names.Keys], StringComparison.Ordinal);
        var leaks = new List<string>();
        foreach (var (place, written) in _places)
        {
            var text = written.ToString();
            if (text.AsSpan().IndexOfAny(forms) is var at and >= 0)
            {
                var form = names.Keys.First(known => text.AsSpan(at).StartsWith(known, StringComparison.Ordinal));
                leaks.Add($"{names[form]} in {place}: {Surroundings(text, at, form.Length)}");
            }
        }

        return leaks;
    }

    private static string Surroundings(string text, int at, int length) =>
        $"{text[Math.Max(0, at - Around)..at]}<HERE>{text[(at + length)..Math.Min(text.Length, at + length + Around)]}";
}
