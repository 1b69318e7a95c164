namespace RunAi.Runs.Log;

/// <summary>A byte of an attempt's log: the segment and the offset in it.</summary>
internal readonly record struct LogPlace(int Segment, long Offset) : IComparable<LogPlace>
{
    public int CompareTo(LogPlace other) => Segment != other.Segment ? Segment.CompareTo(other.Segment) : Offset.CompareTo(other.Offset);

    public override string ToString() => FormattableString.Invariant($"{Segment}.{Offset}");
}
