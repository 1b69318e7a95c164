using System.Collections;
using System.Collections.Specialized;
using System.Text;

namespace RunAi.Steps.Scripts;

/// <summary>
/// Makes an ordinary step of one with a script block: the block and a small script that runs it are inputs, what it gives is an output, and
/// <c>pwsh</c> is the command. Inputs are stored by content, so that the same block with the same arguments is stored once.
/// </summary>
internal static class ScriptStep
{
    /// <summary>What names of inputs and outputs of a step with a script block must not begin with.</summary>
    public const string Reserved = "runai-";

    /// <summary>The output with what the block gave.</summary>
    public const string Result = Reserved + "result";

    /// <summary>The program that runs the block.</summary>
    public const string Program = "pwsh";

    /// <summary>An image that has it.</summary>
    public const string Image = "mcr.microsoft.com/powershell";

    private const string Runner = Reserved + "runner";
    private const string Script = Reserved + "script";

    /// <summary>The step that is really run; the step itself when it has no script block.</summary>
    public static Step Lower(Step step) => step.Script is not { } script ? step : new Step
    {
        Name = step.Name,
        Image = step.Image,
        BaseImage = step.BaseImage,
        Source = step.Source,
        WorkingDir = step.WorkingDir,
        Input = Inputs(step.Input ?? new Hashtable(), script),
        Output = [.. step.Output ?? [], Result],
        Checkpoint = step.Checkpoint,
        Cache = step.Cache,
        Command =
        [
            Program, "-NoProfile", "-NonInteractive", "-File", $"{{{{inputs.{Runner}}}}}", $"{{{{inputs.{Script}}}}}",
            $"{{{{outputs.{Result}}}}}",
        ],
        Environment = step.Environment,
        Retry = step.Retry,
        Tag = step.Tag,
        Distribution = step.Distribution,
        Settings = step.Settings,
    };

    /// <summary>What of a step does not go together with its script block.</summary>
    public static IEnumerable<Violation> Violations(Step step)
    {
        if (step.Script is null)
        {
            yield break;
        }

        if (step.Command is { Length: > 0 })
        {
            yield return new Violation(
                nameof(Step.Command), "is given beside ScriptBlock. A step runs one of them; a block can start programs itself.");
        }

        var names = (step.Input ?? new Hashtable()).Entries().Select(entry => entry.Key.ToString()!).Concat(step.Output ?? []);
        foreach (var name in names.Where(name => name is not null && name.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase)))
        {
            yield return new Violation(
                nameof(Step.Script),
                $"cannot run beside an input or output named '{name}': names that begin with '{Reserved}' carry the block and its result.");
        }
    }

    private static IDictionary Inputs(IDictionary own, StepScript script)
    {
        IDictionary all = own is IOrderedDictionary ? new OrderedDictionary(StringComparer.Ordinal) : new Hashtable(StringComparer.Ordinal);
        foreach (var entry in own.Entries())
        {
            all[entry.Key] = entry.Value;
        }

        all[Runner] = new StepContent("run.ps1", RunnerText());
        all[Script] = new StepContent("script.clixml", Encoding.UTF8.GetBytes(script.Given));
        return all;
    }

    private static byte[] RunnerText()
    {
        using var resource = typeof(ScriptStep).Assembly.GetManifestResourceStream("RunAi.run.ps1")!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
