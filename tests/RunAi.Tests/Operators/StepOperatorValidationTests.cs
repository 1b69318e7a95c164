using RunAi.Operators;

namespace RunAi.Tests.Operators;

public class StepOperatorValidationTests
{
    [Fact]
    public void Check_EveryOption_Passes()
    {
        var stepOperator = Valid();
        stepOperator.ClusterName = "on-prem";
        stepOperator.ImagePullSecretName = "regcred";
        stepOperator.WorkloadTimeout = TimeSpan.FromHours(2);
        stepOperator.PendingTimeout = TimeSpan.FromMilliseconds(1);

        StepOperatorValidation.Check(stepOperator);

        Assert.Equal("https://org.run.ai", stepOperator.RunAiBaseUrl);
    }

    [Fact]
    public void Check_ManyFaults_TellsEachOfThemOnItsLine()
    {
        var stepOperator = new StepOperator
        {
            Name = "-x",
            RunAiBaseUrl = "ftp://x",
            ProjectName = " ",
            ClusterName = "",
            ClientId = "{{x",
            ClientSecret = "plain",
            ImagePullSecretName = "Reg_Cred",
            MonitoringInterval = TimeSpan.Zero,
            WorkloadTimeout = TimeSpan.FromSeconds(-1),
            PendingTimeout = TimeSpan.Zero,
            RunTimeout = TimeSpan.Zero,
            Deadline = TimeSpan.Zero,
        };

        var thrown = Assert.Throws<StepSettingsException>(() => StepOperatorValidation.Check(stepOperator));

        Assert.Equal(ErrorIds.InvalidStepOperator, thrown.ErrorId);
        Assert.Equal(
            [
                "Name", "RunAiBaseUrl", "ProjectName", "ClusterName", "ClientId", "ClientSecret", "ImagePullSecretName",
                "MonitoringInterval", "WorkloadTimeout", "PendingTimeout", "RunTimeout", "Deadline",
            ],
            thrown.Violations.Select(violation => violation.Field));
        Assert.Equal(12, thrown.Message.Split('\n').Length);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("9.a_B-c", true)]
    [InlineData("", false)]
    [InlineData(".a", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    public void Check_Name_FollowsThePattern(string name, bool valid) =>
        AssertValid(stepOperator => stepOperator.Name = name, "Name", valid);

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Check_NameLength_IsAtMost63(int length, bool valid) =>
        AssertValid(stepOperator => stepOperator.Name = new string('a', length), "Name", valid);

    [Theory]
    [InlineData("https://org.run.ai/", "https://org.run.ai")]
    [InlineData(" HTTPS://Org.Run.AI:443// ", "https://org.run.ai")]
    [InlineData("https://gate.example/runai/", "https://gate.example/runai")]
    [InlineData("http://localhost:8080", "http://localhost:8080")]
    [InlineData("http://127.0.0.1/", "http://127.0.0.1")]
    [InlineData("http://[::1]:1", "http://[::1]:1")]
    public void Check_GoodUrl_IsPutInNormalForm(string given, string expected)
    {
        var stepOperator = Valid();
        stepOperator.RunAiBaseUrl = given;

        StepOperatorValidation.Check(stepOperator);

        Assert.Equal(expected, stepOperator.RunAiBaseUrl);
    }

    [Theory]
    [InlineData("", "is required")]
    [InlineData("org.run.ai", "no http or https address")]
    [InlineData("/org", "no http or https address")]
    [InlineData("ftp://org.run.ai", "no http or https address")]
    [InlineData("https://", "no http or https address")]
    [InlineData("https://user:s3cret@org.run.ai", "user name or password")]
    [InlineData("https://org.run.ai?x=s3cret", "query or fragment")]
    [InlineData("https://org.run.ai/?", "query or fragment")]
    [InlineData("https://org.run.ai#s3cret", "query or fragment")]
    [InlineData("http://org.run.ai", "-AllowInsecureHttp")]
    public void Check_BadUrl_TellsTheFaultAndNothingOfTheSecret(string given, string fault)
    {
        var thrown = Refused(stepOperator => stepOperator.RunAiBaseUrl = given);

        Assert.StartsWith("RunAiBaseUrl: ", thrown.Message);
        Assert.Contains(fault, thrown.Message);
        Assert.DoesNotContain("s3cret", thrown.ToString());
    }

    [Fact]
    public void Check_HttpAllowed_Passes() => AssertValid(
        stepOperator =>
        {
            stepOperator.RunAiBaseUrl = "http://org.run.ai";
            stepOperator.AllowInsecureHttp = true;
        },
        "RunAiBaseUrl",
        true);

    [Theory]
    [InlineData("s3cret")]
    [InlineData(" {{s3cret.key}}")]
    [InlineData("{{s3cret}}x")]
    [InlineData("{{}}")]
    [InlineData("{{s3cret.{x}}}")]
    public void Check_SecretThatIsNoReference_IsRefusedWithTheWaysAndWithoutItsValue(string secret)
    {
        var thrown = Refused(stepOperator => stepOperator.ClientSecret = secret);

        var line = Assert.Single(thrown.Violations).ToString();
        Assert.StartsWith("ClientSecret: is not a reference", line);
        Assert.Contains("Set-Secret", line);
        Assert.Contains("'{{name.key}}'", line);
        Assert.Contains("-Credential", line);
        Assert.Contains("SecureString", line);
        Assert.Contains("'{{env:NAME}}'", line);
        Assert.DoesNotContain("s3cret", thrown.ToString());
    }

    [Theory]
    [InlineData("plain-id", true)]
    [InlineData("{{vault/name.key}}", true)]
    [InlineData("{{env:ID}}", true)]
    [InlineData("", false)]
    [InlineData("{{name", false)]
    public void Check_ClientId_IsAnIdOrAReference(string id, bool valid) =>
        AssertValid(stepOperator => stepOperator.ClientId = id, "ClientId", valid);

    [Theory]
    [InlineData("a", true)]
    [InlineData("reg-cred-1", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("A", false)]
    [InlineData("a.b", false)]
    public void Check_ImagePullSecretName_IsADnsLabel(string name, bool valid) =>
        AssertValid(stepOperator => stepOperator.ImagePullSecretName = name, "ImagePullSecretName", valid);

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Check_ImagePullSecretNameLength_IsAtMost63(int length, bool valid) =>
        AssertValid(stepOperator => stepOperator.ImagePullSecretName = new string('a', length), "ImagePullSecretName", valid);

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void Check_Times_AreAboveZero(long ticks, bool valid)
    {
        AssertValid(stepOperator => stepOperator.MonitoringInterval = TimeSpan.FromTicks(ticks), "MonitoringInterval", valid);
        AssertValid(stepOperator => stepOperator.WorkloadTimeout = TimeSpan.FromTicks(ticks), "WorkloadTimeout", valid);
        AssertValid(stepOperator => stepOperator.PendingTimeout = TimeSpan.FromTicks(ticks), "PendingTimeout", valid);
    }

    internal static StepOperator Valid(string name = "gpu") => new()
    {
        Name = name,
        RunAiBaseUrl = "https://org.run.ai",
        ProjectName = "vision",
        ClientId = "{{runai_secret.client_id}}",
        ClientSecret = "{{runai_secret.client_secret}}",
    };

    private static void AssertValid(Action<StepOperator> change, string field, bool valid)
    {
        if (valid)
        {
            var stepOperator = Valid();
            change(stepOperator);
            Assert.Null(Record.Exception(() => StepOperatorValidation.Check(stepOperator)));
        }
        else
        {
            Assert.Equal(field, Assert.Single(Refused(change).Violations).Field);
        }
    }

    private static StepSettingsException Refused(Action<StepOperator> change)
    {
        var stepOperator = Valid();
        change(stepOperator);
        return Assert.Throws<StepSettingsException>(() => StepOperatorValidation.Check(stepOperator));
    }
}
