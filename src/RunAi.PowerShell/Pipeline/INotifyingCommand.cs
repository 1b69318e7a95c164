using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Pipeline;

/// <summary>A command that tells others of the ends of runs.</summary>
internal interface INotifyingCommand
{
    /// <summary>Whom they are told to.</summary>
    NotificationTarget[] Notify { get; }
}
