using System.Reflection;
using RunAi.Help;

// Without arguments, writes docs/reference and the table in docs/settings.md of the checkout. With the path of the root module and a
// folder, writes the help that ships into it.
var checkout = Metadata("Checkout");
var rootModule = args.Length > 0 ? args[0] : Path.Combine(checkout, "module", "bin", "core", "RunAi.PowerShell.dll");
var site = Site.Of(Path.Combine(checkout, "RunAi.psd1"));
var commands = CommandReader.Read(rootModule, new DocComments(Metadata("Comments")));
if (args.Length > 1)
{
    Directory.CreateDirectory(args[1]);
    MamlFile.Write(Path.Combine(args[1], "RunAi.PowerShell.dll-Help.xml"), commands, site);
    AboutTopics.Write(Path.Combine(checkout, "docs", "about"), args[1]);
    Console.WriteLine($"Help of {commands.Count} commands -> {args[1]}");
}
else
{
    var folder = Path.Combine(checkout, "docs", "reference");
    ReferencePages.Write(folder, commands);
    SettingsTable.Write(Path.Combine(checkout, "docs", "settings.md"), commands);
    Console.WriteLine($"Pages of {commands.Count} commands -> {folder}");
}

static string Metadata(string key) =>
    Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
