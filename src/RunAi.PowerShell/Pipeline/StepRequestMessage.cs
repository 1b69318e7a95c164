using System.Management.Automation;

namespace RunAi.PowerShell.Pipeline;

/// <summary>
/// The request of -WhatIf on the information stream: shown by the host, caught by <c>6&gt;</c>, with the request as an object.
/// </summary>
public sealed class StepRequestMessage : HostInformationMessage
{
    /// <summary>What the record is tagged with.</summary>
    public const string Tag = "RunAi.Request";

    internal StepRequestMessage(StepRequest request, string text)
    {
        Request = request;
        Message = text;
    }

    /// <summary>The request that would be sent.</summary>
    public StepRequest Request { get; }
}
