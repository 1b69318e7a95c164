using RunAi.Packaging;

// RunAi.Packaging <module folder> <NuGet's package folder> <version> <.nuspec to write> <lock files, separated by ;>
var (module, packages, version, nuspec) = (args[0], args[1], args[2], args[3]);
var shipped = ShippedPackages.Find(module, packages, LockFile.Read(args[4].Split(';', StringSplitOptions.RemoveEmptyEntries)));
var parts = shipped.Concat(StaticParts.Of(module)).ToList();
File.WriteAllText(Path.Combine(module, "ThirdPartyNotices.txt"), Notices.Text(parts));
File.WriteAllText(Path.Combine(module, "sbom.cdx.json"), BillOfMaterials.Text(version, parts));
Checksums.Write(module);
File.WriteAllText(nuspec, NuspecFile.Text(Path.Combine(module, "RunAi.psd1"), version));
Console.WriteLine($"RunAi {version}: {shipped.Count} packages, {parts.Count} parts of others, "
    + $"{Directory.GetFiles(module, "*", SearchOption.AllDirectories).Length} files");
