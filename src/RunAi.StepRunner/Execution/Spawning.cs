using System.Runtime.InteropServices;

namespace RunAi.StepRunner.Execution;

/// <summary>
/// Starts a program without a shell: in a process group of its own, with no signal ignored or blocked (the framework ignores some, which
/// children would inherit), and with its output going to two pipes. The framework's own way of starting is not used, since its wait for
/// children and ours would take each other's.
/// </summary>
internal static unsafe class Spawning
{
    /// <returns>0, or the error number: 2 for no such program, 13 for one that cannot be executed.</returns>
    public static int Start(
        IReadOnlyList<string> command, IReadOnlyList<string> environment, int standardOutput, int standardError, out int pid)
    {
        var actions = stackalloc byte[NativeMethods.OpaqueSize];
        var attributes = stackalloc byte[NativeMethods.OpaqueSize];
        var signals = stackalloc byte[NativeMethods.OpaqueSize];
        _ = NativeMethods.InitActions(actions);
        _ = NativeMethods.AddDuplicate(actions, standardOutput, 1);
        _ = NativeMethods.AddDuplicate(actions, standardError, 2);
        _ = NativeMethods.InitAttributes(attributes);
        _ = NativeMethods.SetFlags(
            attributes, NativeMethods.SpawnSetGroup | NativeMethods.SpawnSetDefaultSignals | NativeMethods.SpawnSetSignalMask);
        _ = NativeMethods.SetGroup(attributes, 0);
        _ = NativeMethods.EmptySignals(signals);
        _ = NativeMethods.SetSignalMask(attributes, signals);
        _ = NativeMethods.AllSignals(signals);
        _ = NativeMethods.SetDefaultSignals(attributes, signals);
        var arguments = Texts(command);
        var variables = Texts(environment);
        try
        {
            int child;
            var error = NativeMethods.Spawn(&child, command[0], actions, attributes, arguments, variables);
            pid = error == 0 ? child : 0;
            return error;
        }
        finally
        {
            Free(arguments);
            Free(variables);
            _ = NativeMethods.DestroyActions(actions);
            _ = NativeMethods.DestroyAttributes(attributes);
        }
    }

    private static byte** Texts(IReadOnlyList<string> texts)
    {
        var list = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
        {
            list[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return list;
    }

    private static void Free(byte** list)
    {
        for (var text = list; *text is not null; text++)
        {
            Marshal.FreeCoTaskMem((nint)(*text));
        }

        NativeMemory.Free(list);
    }
}
