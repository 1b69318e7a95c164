using System.Reflection;
using System.Text;

namespace RunAi.Packaging;

/// <summary>Writes the notices that the licences of others ask for.</summary>
internal static class Notices
{
    private const string Line = "--------------------------------------------------------------------------------";

    /// <summary>A section for each part, and the texts of the licences that come by name.</summary>
    /// <exception cref="InvalidDataException">A part comes without its licence's text, and the text is not among those we have.</exception>
    public static string Text(IReadOnlyList<ShippedPart> parts)
    {
        var text = new StringBuilder(
            "Third-party notices of RunAi\n\nRunAi ships the parts below. Each is under the licence that stands with it.\n");
        foreach (var part in parts)
        {
            text.Append($"\n{Line}\n{part.Name} {part.Version}\n{part.Copyright}\nLicence: {part.License}\nFiles: "
                + $"{string.Join(", ", part.Files)}\n");
            text.Append(part.LicenseText is null ? "" : $"\n{part.LicenseText}\n");
        }

        foreach (var license in parts.Where(part => part.LicenseText is null).Select(part => part.License).Distinct()
            .Order(StringComparer.Ordinal))
        {
            text.Append($"\n{Line}\nText of the licence {license}\n\n{Known(license)}\n");
        }

        return text.ToString();
    }

    private static string Known(string license)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(license)
            ?? throw new InvalidDataException(
                $"A part is under {license}, comes without its text, and src/RunAi.Packaging/Licenses has none.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Trim();
    }
}
