using RunAi.Editions;

// RunAi.Editions write|save FOLDER
var output = new EditionOutput(args[1]);
switch (args[0])
{
    case "write":
        await output.WriteAsync().ConfigureAwait(false);
        return 0;
    case "save":
        await output.SaveAsync().ConfigureAwait(false);
        return 0;
    default:
        Console.Error.WriteLine("RunAi.Editions write|save FOLDER");
        return 2;
}
