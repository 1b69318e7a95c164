using System.Management.Automation;
using System.Text.RegularExpressions;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

public sealed class PreflightTests : IClassFixture<QuietPlane>, IDisposable
{
    private readonly EmulatedControlPlane _plane;
    private readonly Workspace _workspace;

    public PreflightTests(QuietPlane quiet)
    {
        _plane = quiet.Plane;
        _workspace = new Workspace(_plane, width: 80);
        EmptyBaseImage.Write(Directory.CreateDirectory(Path.Combine(_workspace.Folder, "base")).FullName);
        _workspace.Run("$global:f = $args[0]", _workspace.Folder).ThrowIfFailed();
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Test_OfAStepThatIsWell_PassesEveryCheck_AndChangesNothing()
    {
        var before = _plane.LastRequest();

        var checks = Test("-Settings @{ GpuPortionRequest = 0.5 }");

        Assert.Equal(
            [
                "Step Passed", "Stack Passed", "Secrets Passed", "Credentials Passed", "Project Passed", "Cluster Passed", "Policy Passed",
                "Priority Passed", "Placement Passed", "Image Passed",
            ],
            checks.Select(check => $"{check.Properties["Name"].Value} {check.Properties["Status"].Value}"));
        var placement = Single(checks, "Placement");
        Assert.Equal(
            ("WithinQuota", "node pool default"), (placement.Properties["Standing"].Value.ToString(), placement.Properties["Scope"].Value));
        Assert.Equal(
            "asks for 0.5 GPUs; of the project's quota of 2 GPUs 0 are in use; 4 of 4 GPUs are free",
            placement.Properties["Message"].Value);
        Assert.All(_plane.Requests(before), request => Assert.True(
            request.StartsWith("GET ", StringComparison.Ordinal) || request == "POST /api/v2/token", request));
    }

    [Fact]
    public void Test_OfAStepWithManyFaults_TellsThemAll()
    {
        _plane.SetPolicy(new { compute = new { gpuDevicesRequest = new { max = 4 } }, category = new { required = true } });
        try
        {
            var checks = Test(
                "-Settings @{ GpuDevicesRequest = 9; PriorityClass = 'urgent'; NodePools = 'default', 'a100', 'h100' }", "oci:$f/missing");

            Assert.Equal(
                [
                    "Category: a value is required (required, project 1). Give one.",
                    "GpuDevicesRequest: 9 is more than 4 (max, project 1). Ask for at most 4.",
                ],
                checks.Where(check => IsNamed(check, "Policy")).Select(Text).Order(StringComparer.Ordinal));
            Assert.StartsWith(
                "PriorityClass: 'urgent' is no priority of this control plane. Give one of very-low, low", Text(Single(checks, "Priority")),
                StringComparison.Ordinal);
            Assert.Equal(
                [
                    "NodePools: the project's cluster has no node pool 'h100'. It has a100, default.",
                    "NeverFits: GpuDevicesRequest: asks for 9 GPUs on one node, and no node has more than 4 (node pool default). Ask for "
                    + "at most 4, or name another node pool.",
                    "NeverFits: GpuDevicesRequest: asks for 9 GPUs on one node, and no node has more than 8 (node pool a100). Ask for at "
                    + "most 8, or name another node pool.",
                ],
                checks.Where(check => IsNamed(check, "Placement")).Select(Text));
            Assert.Equal("Warning", Single(checks, "Image").Properties["Status"].Value.ToString());
            Assert.All(
                checks.Where(check => IsNamed(check, "Placement") || IsNamed(check, "Policy")),
                check => Assert.Equal("Failed", check.Properties["Status"].Value.ToString()));
            Assert.Equal(false, _workspace.Run(
                "Test-RunAiStep t -Image \"oci:$f/base\" -Quiet -Settings @{ GpuDevicesRequest = 9 }").TheOutput.BaseObject);
        }
        finally
        {
            _plane.ClearPolicy();
        }
    }

    [Fact]
    public void Test_WhereTheControlPlaneTellsNoMore_SkipsWithTheReason()
    {
        _plane.AddFault(new { method = "GET", path = "/api/v1/nodes", kind = "status", status = 403 });
        _plane.AddFault(new { method = "GET", path = "/api/v2/policy/*", kind = "status", status = 403 });

        var checks = Test("-Settings @{ GpuDevicesRequest = 1 }");

        Assert.Equal("Skipped", Single(checks, "Policy").Properties["Status"].Value.ToString());
        Assert.Contains("lacks the permission", Text(Single(checks, "Policy")), StringComparison.Ordinal);
        Assert.Equal(
            ["WithinQuota: asks for 1 GPU; of the project's quota of 2 GPUs 0 are in use (node pool default).", "Skipped"],
            checks.Where(check => IsNamed(check, "Placement"))
                .Select(check => check.Properties["Standing"].Value is null ? check.Properties["Status"].Value.ToString() : Text(check)));
    }

    [Fact]
    public void Test_OfATemplateThatIsNotThere_FailsThatCheck()
    {
        var checks = Test("-Settings @{ WorkloadTemplate = 'nowhere' }");

        Assert.Equal("Failed", Single(checks, "Template").Properties["Status"].Value.ToString());
        Assert.Contains("nowhere", Text(Single(checks, "Template")), StringComparison.Ordinal);
    }

    [Fact]
    public void Test_OfAPipedStepThatNeedsWhatTheStackLacks_SaysSoBesideItsOwnFaults()
    {
        var checks = _workspace.Run("New-RunAiStep t -BaseImage \"oci:$f/base\" -Command 'true' -Output model -Settings @{ "
            + "GpuDevicesRequest = 0 } | Test-RunAiStep").ThrowIfFailed().Output;

        Assert.Contains("artifact store, for", Text(Single(checks, "Stack")), StringComparison.Ordinal);
        Assert.Equal("Failed", Single(checks, "Stack").Properties["Status"].Value.ToString());
        Assert.Contains("asks for no GPU", Text(Single(checks, "Placement")), StringComparison.Ordinal);
    }

    [Fact]
    public void Test_WithASecretThatIsNotThere_FailsThatCheckAndNamesNoValue()
    {
        _workspace.Set("RUNAI_TEST_SECRET", null);

        var checks = Test("");

        Assert.Contains(
            "ClientSecret: The environment variable 'RUNAI_TEST_SECRET' is not set", Text(Single(checks, "Secrets")),
            StringComparison.Ordinal);
        Assert.Equal("Failed", Single(checks, "Credentials").Properties["Status"].Value.ToString());
        Assert.Equal("Skipped", Single(checks, "Policy").Properties["Status"].Value.ToString());
        Assert.Equal("Passed", Single(checks, "Image").Properties["Status"].Value.ToString());
    }

    [Fact]
    public void Test_AtEightyColumns_ReadsInWholeLines()
    {
        _workspace.Run("Test-RunAiStep t -Image \"oci:$f/base\" -Settings @{ GpuDevicesRequest = 3 } | Out-Default").ThrowIfFailed();

        // Colours take no columns.
        var text = Regex.Replace(_workspace.Host!.Text, @"\x1b\[[0-9;]*m", "");
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.Contains("OverQuota: asks for 3 GPUs; of the project's quota of 2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("…", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_TellsWhatWouldBeRefusedAndMarksWhatThePolicyFillsIn()
    {
        _plane.SetPolicy(new
        {
            compute = new
            {
                gpuDevicesRequest = new { max = 2 },
                cpuCoreLimit = new { defaultFrom = new { field = "cpuCoreRequest", factor = 2 } },
            },
        });
        try
        {
            _workspace.Run(
                "Submit-RunAiStep t -Image busybox -Settings @{ GpuDevicesRequest = 3; CpuCoreRequest = 2 } -WhatIf").ThrowIfFailed();

            var text = _workspace.Host!.Text;
            Assert.Contains("\"cpuCoreLimit\": 4.0  // filled in by the policy", text, StringComparison.Ordinal);
            Assert.Contains(
                "The project's policy would refuse it:\n  GpuDevicesRequest: 3 is more than 2 (max, project 1). Ask for at most 2.",
                text.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains(
                "Placement: OverQuota: asks for 3 GPUs; of the project's quota of 2 GPUs 0 are in use", text, StringComparison.Ordinal);
        }
        finally
        {
            _plane.ClearPolicy();
        }
    }

    [Fact]
    public void Submit_ThatThePolicyRefuses_NamesTheParameter()
    {
        _plane.SetPolicy(new { compute = new { gpuDevicesRequest = new { max = 2 } } });
        try
        {
            var error = _workspace.Run("Submit-RunAiStep t -Image busybox -Settings @{ GpuDevicesRequest = 3 }").TheError;

            Assert.StartsWith("RunAi.SubmissionRejected,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(
                "GpuDevicesRequest (compute.gpuDevicesRequest): value must be no more than 2 (max)", error.ToString(),
                StringComparison.Ordinal);
        }
        finally
        {
            _plane.ClearPolicy();
        }
    }

    [Fact]
    public void Submit_OfAFaultyStepThatNeedsWhatTheStackLacks_TellsBothAtOnce()
    {
        var error = _workspace.Run("Submit-RunAiStep 'no name!' -BaseImage busybox -Output model -Command 'true'").TheError;

        Assert.Contains("Name:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Stack:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("artifact store, for", error.ToString(), StringComparison.Ordinal);
    }

    private static bool IsNamed(PSObject check, string name) => (string)check.Properties["Name"].Value == name;

    private static string Text(PSObject check) => (string)check.Properties["Text"].Value;

    private static PSObject Single(IEnumerable<PSObject> checks, string name) => Assert.Single(checks, check => IsNamed(check, name));

    private IReadOnlyList<PSObject> Test(string more, string image = "oci:$f/base") =>
        [.. _workspace.Run($"Test-RunAiStep t -Image \"{image}\" {more}").ThrowIfFailed().Output];
}
