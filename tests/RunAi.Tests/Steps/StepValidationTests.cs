using System.Collections;
using System.Collections.Specialized;
using System.Security;
using RunAi.Images;
using RunAi.Steps;

namespace RunAi.Tests.Steps;

public sealed class StepValidationTests
{
    [Fact]
    public void Violations_GoodStep_AreNone() => Assert.Empty(StepValidation.Violations(new Step
    {
        Name = "Train_1.x",
        Image = "registry.example.com:5000/team/train:1.0@sha256:" + new string('a', 64),
        Command = ["python", "train.py", "", "{{ lr }}"],
        Environment = new Hashtable
        {
            ["LR"] = 0.1,
            ["EMPTY"] = "",
            ["TOKEN"] = new Hashtable { ["secret"] = "hub", ["key"] = "token" },
            ["SCHEMA"] = new Hashtable { ["ConfigMap"] = "db", ["Key"] = "schema" },
            ["MINE"] = new Hashtable { ["userCredential"] = "My_Own", ["key"] = "k" },
            ["POD"] = new Hashtable { ["podField"] = "metadata.name" },
        },
    }));

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    [InlineData("é")]
    public void Violations_BadName_IsTold(string name) =>
        Assert.StartsWith("Name: ", One(step => step.Name = name), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Python")]
    [InlineData("ghcr.io/Owner/train")]
    [InlineData("https://registry.example.com/x")]
    [InlineData("python:3.12 -c")]
    [InlineData("python:")]
    [InlineData("python@sha256:abc")]
    [InlineData("python\n")]
    [InlineData("/python")]
    public void Violations_BadImage_IsTold(string image) =>
        Assert.StartsWith("Image: ", One(step => step.Image = image), StringComparison.Ordinal);

    [Theory]
    [InlineData("busybox")]
    [InlineData("python:3.12-slim")]
    [InlineData("localhost:5000/a/b__c:x")]
    [InlineData("[::1]:5000/a")]
    public void Flaw_ImageReference_IsNull(string image) => Assert.Null(ImageReference.Flaw(image));

    [Theory]
    [InlineData("", "begins with an empty word")]
    [InlineData("a\0b", "holds a NUL character")]
    [InlineData("{{inputs.data}}", "{{inputs.data}} names nothing: the step has no inputs. Add -Input @{ data = 'PATH' }.")]
    [InlineData("--out={{outputs.model}}", "{{outputs.model}} names nothing: the step has no outputs. Add -Output model.")]
    [InlineData("--out={{ Outputs.model }}", "{{ Outputs.model }} is no placeholder")]
    [InlineData("{{inputs}}", "{{inputs}} is no placeholder")]
    [InlineData("{{checkpoint}}", "{{checkpoint}} needs -Checkpoint")]
    public void Violations_BadCommand_IsTold(string word, string expected) =>
        Assert.StartsWith("Command: " + expected, One(step => step.Command = [word]), StringComparison.Ordinal);

    [Fact]
    public void Violations_HalfASurrogatePair_IsTold()
    {
        Assert.StartsWith("Command: holds half a surrogate pair", One(step => step.Command = ["a\ud800b"]), StringComparison.Ordinal);
        Assert.Empty(WireText.Flaws("a\ud83d\ude00b"));
    }

    [Fact]
    public void Violations_NullInCommand_IsTold() =>
        Assert.StartsWith("Command: holds a null", One(step => step.Command = ["a", null!]), StringComparison.Ordinal);

    [Theory]
    [InlineData("{{hub.token}}")]
    [InlineData("Bearer {{vault/hub.token}}")]
    [InlineData("{{ env:TOKEN }}")]
    [InlineData("{{inputsecret}}")]
    public void Violations_SecretReferenceInEnvironment_IsRefusedWithTheAlternative(string value)
    {
        var message = One(step => step.Environment = new Hashtable { ["TOKEN"] = value });
        Assert.StartsWith("Environment.TOKEN: holds a secret reference.", message, StringComparison.Ordinal);
        Assert.Contains("@{ secret = 'NAME'; key = 'KEY' }", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_000, null)]
    [InlineData(10_001, "Environment.TOKEN: has 10001 characters, and Run:ai takes 10000 at most.")]
    public void Violations_EnvironmentValueThatIsTooLong_IsRefusedWithTheOtherWays(int length, string? expected)
    {
        var step = new Step { Name = "train", Image = "busybox", Environment = new Hashtable { ["TOKEN"] = new string('x', length) } };

        var message = StepValidation.Violations(step).Select(violation => violation.ToString()).SingleOrDefault();

        Assert.StartsWith(expected ?? "", message ?? "", StringComparison.Ordinal);
        Assert.Equal(expected is null, message is null);
    }

    [Fact]
    public void Violations_SecureStringInEnvironment_IsRefusedWithoutItsValue()
    {
        using var secret = new SecureString();
        var message = One(step => step.Environment = new Hashtable { ["TOKEN"] = secret });
        Assert.StartsWith("Environment.TOKEN: is a SecureString, not a text.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Violations_EnvironmentValueWithFlaw_IsNotRepeated()
    {
        var message = One(step => step.Environment = new Hashtable { ["TOKEN"] = "s3cr3t\0" });
        Assert.DoesNotContain("s3cr3t", message, StringComparison.Ordinal);
    }

    public static TheoryData<string, object?, string> WrongVariables => new()
    {
        { "1A", "x", "is no name of a variable" },
        { "A B", "x", "is no name of a variable" },
        { "A", null, "has no value" },
        { "A", "{{inputs.x}}", "is replaced in the command only" },
        { "RUNAI_MANIFEST", "x", "is the step runner's own variable" },
        { "A", new Hashtable { ["secret"] = "s" }, "the secret 's' needs a key" },
        { "A", new Hashtable { ["secret"] = "My_Secret", ["key"] = "k" }, "secret 'My_Secret' is no name" },
        { "A", new Hashtable { ["key"] = "k" }, "names no source" },
        { "A", new Hashtable { ["secret"] = "s", ["configMap"] = "c", ["key"] = "k" }, "names no source, or several" },
        { "A", new Hashtable { ["podField"] = "metadata.name", ["key"] = "k" }, "has no key" },
        { "A", new Hashtable { ["secret"] = "s", ["key"] = "k", ["keys"] = "k" }, "'keys' is no part of a reference. Did you mean key?" },
    };

    [Theory]
    [MemberData(nameof(WrongVariables))]
    public void Violations_BadVariable_IsTold(string name, object? value, string expected)
    {
        var message = One(step => step.Environment = new Hashtable { [name] = value });
        Assert.StartsWith($"Environment.{name}: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OrderedDictionary_KeepsItsOrderAndOthersAreSorted()
    {
        var ordered = new OrderedDictionary { ["B"] = "1", ["A"] = "$(B)" };
        Assert.Equal(["B", "A"], EnvironmentReader.Read(ordered, []).Select(variable => variable.Name));
        Assert.Equal(["A", "B"], EnvironmentReader.Read(new Hashtable { ["B"] = 1, ["A"] = 2 }, []).Select(variable => variable.Name));
        Assert.Equal(["A", "B"], EnvironmentReader.Read(new Dictionary<string, string> { ["B"] = "", ["A"] = "" }, [])
            .Select(variable => variable.Name));
    }

    [Fact]
    public void ThrowIfInvalid_StepAndSettingsWrong_TellsBothAtOnce()
    {
        Step step = Good();
        step.Image = "";
        step.Settings.GpuPortionRequest = 1.5;
        var failure = Assert.Throws<StepSettingsException>(() => StepValidation.ThrowIfInvalid(step));
        Assert.Equal(ErrorIds.InvalidStep, failure.ErrorId);
        Assert.Equal(["Image", "GpuPortionRequest"], failure.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public void ThrowIfInvalid_SettingsAloneWrong_IsAboutSettings()
    {
        Step step = Good();
        step.Settings.BackoffLimit = -1;
        Assert.Equal(ErrorIds.InvalidStepSettings, Assert.Throws<StepSettingsException>(() => StepValidation.ThrowIfInvalid(step)).ErrorId);
    }

    private static Step Good() => new() { Name = "train", Image = "busybox", Command = ["echo", "hi"] };

    private static string One(Action<Step> spoil)
    {
        Step step = Good();
        spoil(step);
        return Assert.Single(StepValidation.Violations(step)).ToString();
    }
}
