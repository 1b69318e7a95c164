using System.Globalization;

namespace RunAi.StepRunner;

/// <summary>What can be set by environment variables, in seconds.</summary>
internal sealed class RunnerSettings
{
    /// <summary>How long the store may be away before the runner gives an object up.</summary>
    public TimeSpan StorePatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a transfer may stand still before it is begun anew.</summary>
    public TimeSpan StoreTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The time between two readings of the checkpoint folder.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time between SIGTERM and SIGKILL when the runner ends the command.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    public static RunnerSettings Read()
    {
        var standard = new RunnerSettings();
        return new RunnerSettings
        {
            StorePatience = Seconds("RUNAI_STORE_PATIENCE", standard.StorePatience),
            StoreTimeout = Seconds("RUNAI_STORE_TIMEOUT", standard.StoreTimeout),
            CheckpointInterval = Seconds("RUNAI_CHECKPOINT_INTERVAL", standard.CheckpointInterval),
            GracePeriod = Seconds("RUNAI_GRACE_PERIOD", standard.GracePeriod),
        };
    }

    private static TimeSpan Seconds(string variable, TimeSpan standard) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value is > 0 and < 1e6
            ? TimeSpan.FromSeconds(value)
            : standard;
}
