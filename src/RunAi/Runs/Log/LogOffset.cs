namespace RunAi.Runs.Log;

/// <summary>A byte of an attempt's log: the segment and the offset in it.</summary>
internal readonly record struct LogOffset(int Segment, long Offset) : IComparable<LogOffset>
{
    public int CompareTo(LogOffset other) => Segment != other.Segment ? Segment.CompareTo(other.Segment) : Offset.CompareTo(other.Offset);

    public override string ToString() => FormattableString.Invariant($"{Segment}.{Offset}");
}
