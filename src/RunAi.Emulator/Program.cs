using System.Text.Json;
using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Hosting;
using RunAi.Emulator.Seeding;

try
{
    var options = OptionParser.Parse(args);
    if (options.Help)
    {
        OptionParser.WriteHelp(Console.Out);
        return 0;
    }

    var host = await EmulatorHost.StartAsync(options, SeedFile.Read(options.SeedPath), TimeProvider.System).ConfigureAwait(false);
    await using (host.ConfigureAwait(false))
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(host.Line, WireJson.Options));
        await Console.Out.FlushAsync().ConfigureAwait(false);
        await host.WaitForShutdownAsync().ConfigureAwait(false);
    }

    return 0;
}
catch (OptionException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (IOException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
