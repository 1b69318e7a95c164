using System.Diagnostics.CodeAnalysis;

namespace RunAi.PowerShell.Pipeline;

/// <summary>
/// What the pipeline thread is to do, in order. Its wait takes no processor time: a <c>BlockingCollection</c> spins for a while before it
/// blocks, which is time that the awaited work lacks on a machine with few processors.
/// </summary>
internal sealed class PostedActions
{
    private readonly Queue<Action> _actions = new();
    private bool _isComplete;

    /// <summary>Adds one more; does nothing after <see cref="Complete"/>.</summary>
    public void Add(Action action)
    {
        lock (_actions)
        {
            if (!_isComplete)
            {
                _actions.Enqueue(action);
                Monitor.Pulse(_actions);
            }
        }
    }

    /// <summary>Says that no more will come.</summary>
    public void Complete()
    {
        lock (_actions)
        {
            _isComplete = true;
            Monitor.Pulse(_actions);
        }
    }

    /// <summary>Waits for the next one.</summary>
    /// <returns>False when all are taken and no more will come.</returns>
    public bool TryTake([NotNullWhen(true)] out Action? action)
    {
        lock (_actions)
        {
            while (_actions.Count == 0 && !_isComplete)
            {
                Monitor.Wait(_actions);
            }

            return TryTakeAtOnce(out action);
        }
    }

    /// <summary>Takes the next one if there is one now.</summary>
    public bool TryTakeAtOnce([NotNullWhen(true)] out Action? action)
    {
        lock (_actions)
        {
            action = _actions.Count > 0 ? _actions.Dequeue() : null;
            return action is not null;
        }
    }
}
