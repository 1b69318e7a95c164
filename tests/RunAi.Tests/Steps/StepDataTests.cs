using System.Collections;
using System.Collections.Specialized;
using RunAi.Steps;

namespace RunAi.Tests.Steps;

/// <summary>Code, inputs and outputs of a step: what is read from what the user gives, and what is wrong with it.</summary>
public sealed class StepDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StepDataTests() => File.WriteAllText(_folder["data.csv"], "1");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Violations_StepWithEverything_AreNone()
    {
        var step = Good();
        step.Checkpoint = true;
        step.Command = ["python", "train.py", "--in={{inputs.data}}", "{{inputs.set-2}}", "{{outputs.model}}", "{{checkpoint}}"];
        step.Output = ["model"];
        step.Input = new Hashtable { ["data"] = _folder["data.csv"], ["set-2"] = _folder.Location };
        step.WorkingDir = "/app";
        Assert.Empty(StepValidation.Violations(step));
    }

    [Fact]
    public void Violations_UnknownPlaceholders_NameTheNearest()
    {
        var step = Good();
        step.Input = new Hashtable { ["data"] = _folder.Location };
        step.Output = ["model"];
        step.Command = ["a", "{{inputs.dta}}", "{{outputs.modle}} {{inputs.model}}"];

        Assert.Equal(
            [
                "{{inputs.dta}} names none of the step's inputs. Did you mean data? Or add -Input @{ dta = 'PATH' }.",
                "{{outputs.modle}} names none of the step's outputs. Did you mean model? Or add -Output modle.",
                "{{inputs.model}} names none of the step's inputs. Known are data. Or add -Input @{ model = 'PATH' }.",
            ],
            StepValidation.Violations(step).Select(v => v.Message));
    }

    public static TheoryData<string, object?, string> WrongInputs => new()
    {
        { "a b", "/", "'a b' is no name" },
        { "data", "/no/such/file", "is neither a file nor a folder" },
        { "data", null, "is empty" },
        { "data", "", "is empty" },
        { "data", 42, "is a Int32" },
        { "data", new StepRun { State = StepRunState.Running }, "is a run that has not ended" },
        { "data", new StepRun { State = StepRunState.Failed }, "is a run (Failed) without an output" },
        {
            "data", new StepRun { Outputs = { ["a"] = new(), ["b"] = new() } },
            "is a run with the outputs a, b. Name one, such as $run.Outputs.a."
        },
    };

    [Theory]
    [MemberData(nameof(WrongInputs))]
    public void Violations_WrongInput_IsTold(string name, object? value, string expected)
    {
        var step = Good();
        step.Input = new Hashtable { [name] = value };

        var violation = Assert.Single(StepValidation.Violations(step));
        Assert.Equal($"Input.{name}", violation.Field);
        Assert.Contains(expected, violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Violations_NamesThatAreOneVariable_AreTold()
    {
        var step = Good();
        step.Output = ["a-b", "A_b"];
        step.Input = new OrderedDictionary { ["x"] = _folder.Location, ["X"] = _folder.Location };

        Assert.Equal(["Input", "Output"], StepValidation.Violations(step).Select(v => v.Field));
    }

    [Theory]
    [InlineData("", null, "BaseImage or Image")]
    [InlineData("busybox", "alpine", "BaseImage")]
    [InlineData("", "oci:", "BaseImage")]
    [InlineData("", "Alpine", "BaseImage")]
    public void Violations_WrongImages_AreTold(string image, string? baseImage, string field)
    {
        var step = Good();
        (step.Image, step.BaseImage) = (image, baseImage);
        Assert.Contains(Assert.Single(StepValidation.Violations(step)).Field, field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python:3.12", null)]
    [InlineData("", "oci:./images:base")]
    public void Violations_ImageToBuildOn_MayBeEither(string image, string? baseImage)
    {
        var step = Good();
        (step.Image, step.BaseImage) = (image, baseImage);
        Assert.Empty(StepValidation.Violations(step));
    }

    [Fact]
    public void Violations_SourceWorkingDirAndCommand_AreAllTold()
    {
        var step = Good();
        (step.Source, step.WorkingDir, step.Command) = (_folder["none"], "app", []);
        Assert.Equal(["Source", "WorkingDir", "Command"], StepValidation.Violations(step).Select(v => v.Field));
    }

    [Fact]
    public void Inputs_KeepTheOrderOfAnOrderedDictionary_AndTakeWhatTheUserHas()
    {
        var artifact = new Artifact { Name = "m", Uri = "az://a/c/m" };
        var inputs = StepDataReader.Inputs(
            new OrderedDictionary
            {
                ["file"] = new FileInfo(_folder["data.csv"]),
                ["artifact"] = artifact,
                ["run"] = new StepRun { Outputs = { ["only"] = artifact } },
            },
            []);

        Assert.Equal([("file", _folder["data.csv"]), ("artifact", null), ("run", null)], inputs.Select(i => (i.Name, i.Path)));
        Assert.All(inputs.Skip(1), input => Assert.Same(artifact, input.Artifact));
    }

    private Step Good() => new() { Name = "train", BaseImage = "busybox", Source = _folder.Location, Command = ["echo", "hi"] };
}
