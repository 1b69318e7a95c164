using System.Management.Automation;
using System.Reflection;
using RunAi.PowerShell.Tests.Engine;
using Xunit.Abstractions;

namespace RunAi.PowerShell.Tests;

/// <summary>The same thing has one name, one type, one position and one way from the pipeline in every command.</summary>
public sealed class ParameterMatrixTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>Parameters that mean the same wherever they stand: their type, and the completer that they have.</summary>
    private static readonly Dictionary<string, (string Type, string? Completer)> Common = new()
    {
        ["StepOperator"] = ("String", "StepOperatorNameCompleter"),
        ["Stack"] = ("String", "StackNameCompleter"),
        ["ArtifactStore"] = ("String", "ArtifactStoreNameCompleter"),
        ["ContainerRegistry"] = ("String", "ContainerRegistryNameCompleter"),
        ["ImageBuilder"] = ("String", "ImageBuilderNameCompleter"),
        ["Workload"] = ("WorkloadIdentity[]", "WorkloadNameCompleter"),
        ["Run"] = ("RunIdentity[]", "RunCompleter"),
        ["Phase"] = ("String[]", "PhaseCompleter"),
        ["ProjectName"] = ("String", "ProjectNameCompleter"),
        ["ClusterName"] = ("String", "ClusterNameCompleter"),
        ["Platform"] = ("String", "ImageWordCompleter"),
        ["PendingTimeout"] = ("TimeSpan", null),
        ["WorkloadTimeout"] = ("TimeSpan", null),
        ["RunTimeout"] = ("TimeSpan", null),
        ["Settings"] = ("StepSettingsInput", null),
        ["First"] = ("Int32", null),
        ["Force"] = ("SwitchParameter", null),
        ["PassThru"] = ("SwitchParameter", null),
        ["Wait"] = ("SwitchParameter", null),
        ["Raw"] = ("SwitchParameter", null),
        ["Vault"] = ("String", null),
    };

    /// <summary>What commands on one thing take at which position, from the pipeline by value and by property.</summary>
    private static readonly Dictionary<string, (int Position, bool ByValue, bool ByProperty)> Things = new()
    {
        ["Workload"] = (0, true, true),
        ["Run"] = (0, true, true),
        ["Step"] = (-1, true, false),
        ["StepOperator"] = (-1, false, true),
        ["Stack"] = (-1, false, false),
    };

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    private List<CmdletInfo> Commands =>
        [.. _shell.Run("Get-Command -Module RunAi").ThrowIfFailed().Output.Select(command => (CmdletInfo)command.BaseObject)];

    [Fact]
    public void OneName_HasOneTypeAndOneCompleter()
    {
        List<string> wrong = [];
        foreach (var (command, property) in Parameters().Where(item => Common.ContainsKey(item.Property.Name)))
        {
            var (type, completer) = Common[property.Name];
            var own = (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).Name;
            var given = property.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type?.Name;
            if (own != type || given != completer)
            {
                wrong.Add($"{command.Name} -{property.Name}: {own} {given}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void OneThing_HasOnePositionAndOneWayFromThePipeline()
    {
        List<string> wrong = [];
        foreach (var (command, property) in Parameters().Where(item => Things.ContainsKey(item.Property.Name)))
        {
            foreach (var parameter in property.GetCustomAttributes<ParameterAttribute>())
            {
                var (position, byValue, byProperty) = Things[property.Name];
                var own = (parameter.Position < 0 ? -1 : parameter.Position, parameter.ValueFromPipeline,
                    parameter.ValueFromPipelineByPropertyName);
                if (own != (position, byValue, byProperty))
                {
                    wrong.Add($"{command.Name} -{property.Name}: {own}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Name_IsTheFirstParameter()
    {
        // A group of settings, such as a mount, has its name among its settings, and an artifact is made of a path.
        var wrong = Parameters().Where(item => item.Property.Name == "Name"
            && item.Command.ImplementingType.BaseType!.Name != "SettingGroupCommand"
                && item.Command.Name != "Publish-RunAiArtifact")
            .Where(item => item.Property.GetCustomAttributes<ParameterAttribute>().Any(parameter => parameter.Position != 0))
            .Select(item => item.Command.Name);

        Assert.Empty(wrong);
    }

    [Fact]
    public void AListWithADefault_RefusesNull()
    {
        var wrong = Parameters().Where(item => item.Property.PropertyType.IsArray
            && item.Property.GetCustomAttributes<ParameterAttribute>().Any(parameter => !parameter.Mandatory))
            .Where(item => item.Property.GetValue(Activator.CreateInstance(item.Command.ImplementingType)) is Array { Length: > 0 })
            .Where(item => !item.Property.GetCustomAttributes<ValidateArgumentsAttribute>()
                .Any(attribute => attribute is ValidateNotNullOrEmptyAttribute or ValidateNotNullAttribute))
            .Select(item => $"{item.Command.Name} -{item.Property.Name}").ToList();

        output.WriteLine($"{Parameters().Count()} parameters of {Commands.Count} commands");
        Assert.Empty(wrong);
    }

    [Fact]
    public void EveryCommandOnSteps_WorksWithTheActiveStack()
    {
        string[] lacking = [
            .. Commands.Where(command => command.Parameters.ContainsKey("StepOperator") && !command.Parameters.ContainsKey("Stack"))
                .Select(command => command.Name)];

        Assert.Equal(WithoutStack.Order(), lacking.Order());
        Assert.Contains("Stack", Commands.Single(command => command.Name == "Publish-RunAiStepImage").Parameters.Keys);
    }

    /// <summary>What these change is a stack, which they have as their name.</summary>
    private static readonly string[] WithoutStack = ["Initialize-RunAi", "Register-RunAiStack", "Set-RunAiStack"];

    private IEnumerable<(CmdletInfo Command, PropertyInfo Property)> Parameters() =>
        from command in Commands
        from property in command.ImplementingType.GetProperties()
        where property.IsDefined(typeof(ParameterAttribute), inherit: true)
        select (command, property);
}
