using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace RunAi.PowerShell.Pipeline;

/// <summary>
/// Gives times of the module's objects in the zone of this machine, as logs and <c>Get-Date</c> are. The moment stays the same: a
/// <see cref="DateTimeOffset"/> has its zone with it.
/// </summary>
internal static class LocalTimes
{
    private static readonly ConcurrentDictionary<Type, Parts> Known = new();

    /// <summary>Each of the objects with its times changed, as they are asked for.</summary>
    public static IEnumerable<object?> OfEach(IEnumerable items)
    {
        foreach (var item in items)
        {
            yield return Of(item);
        }
    }

    /// <summary>The object with its times changed; another's as it is.</summary>
    public static object? Of(object? item)
    {
        if (item?.GetType().Assembly == typeof(StepRun).Assembly)
        {
            Change(item);
        }

        return item;
    }

    private static void Change(object item)
    {
        var parts = Known.GetOrAdd(item.GetType(), Parts.Of);
        foreach (var time in parts.Times)
        {
            if (time.GetValue(item) is DateTimeOffset moment)
            {
                time.SetValue(item, moment.ToLocalTime());
            }
        }

        foreach (var child in parts.Children.SelectMany(children =>
            (children.GetValue(item) as IEnumerable ?? Array.Empty<object>()).Cast<object?>()))
        {
            Of(child);
        }
    }

    /// <summary>What of a type is a time, and what holds others.</summary>
    private sealed record Parts(PropertyInfo[] Times, PropertyInfo[] Children)
    {
        public static Parts Of(Type type)
        {
            var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0).ToArray();
            return new Parts(
                [.. properties.Where(property => property.SetMethod is not null
                    && (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(DateTimeOffset))],
                [.. properties.Where(property => property.PropertyType.IsArray
                    && property.PropertyType.GetElementType()!.Assembly == typeof(StepRun).Assembly)]);
        }
    }
}
