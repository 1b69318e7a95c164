namespace RunAi.Packaging;

/// <summary>Something of others that ships in the module.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="License">The SPDX expression of its licence.</param>
/// <param name="Copyright">Who holds the copyright, as the package says.</param>
/// <param name="LicenseText">The licence's text as it comes with the part; null when it comes with the expression alone.</param>
/// <param name="PackageUrl">The package URL (purl).</param>
/// <param name="Sha512">The package's digest, in hexadecimal; null when it is no package.</param>
/// <param name="Files">The files that ship.</param>
internal sealed record ShippedPart(
    string Name, string Version, string License, string Copyright, string? LicenseText, string PackageUrl, string? Sha512,
    IReadOnlyList<string> Files);
