using RunAi.Runs;

namespace RunAi.Tests.Runs;

public class RunRecordMapperTests
{
    /// <summary>A property that is added to both and forgotten in the mapper would be lost on the way.</summary>
    [Fact]
    public void ToRunAndWith_EveryPropertyOfTheProgress_GoesBothWays()
    {
        foreach (var property in typeof(IRunProgress).GetProperties())
        {
            var record = new RunRecord();
            property.SetValue(record, Sample(property.PropertyType));
            var run = record.ToRun(null);

            Assert.Equal(property.GetValue(record), property.GetValue(run));
            Assert.Equal(property.GetValue(record), property.GetValue(new RunRecord().With(run)));
        }
    }

    [Fact]
    public void ToRun_Replicas_AreTheRunsOwn()
    {
        var record = new RunRecord { Replicas = [new StepReplica { Name = "master" }] };

        record.ToRun(null).Replicas[0] = new StepReplica { Name = "other" };

        Assert.Equal("master", record.Replicas[0].Name);
    }

    private static object Sample(Type type) =>
        type == typeof(string) ? "x"
        : type == typeof(bool) ? true
        : type == typeof(int) || type == typeof(int?) ? 7
        : type == typeof(long?) ? 7L
        : type == typeof(DateTimeOffset?) ? DateTimeOffset.UnixEpoch
        : type == typeof(StepRunState) ? StepRunState.Deleted
        : type == typeof(string[]) ? new[] { "x" }
        : type == typeof(StepReplica[]) ? new[] { new StepReplica { Name = "x" } }
        : throw new NotSupportedException(type.Name);
}
