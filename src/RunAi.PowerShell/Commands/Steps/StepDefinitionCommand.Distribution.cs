using System.Collections;
using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <content>The parameters of a step that runs on several pods.</content>
public abstract partial class StepDefinitionCommand
{
    /// <summary>
    /// <para type="description">Spreads the step over several pods that work together: PyTorch, MPI, TF, XGBoost or JAX. Each replica runs
    /// the command, with the variables of the framework; with MPI the launcher alone does.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [ArgumentCompleter(typeof(DistributionCompleter))]
    public string? DistributedFramework { get; set; }

    /// <summary><para type="description">How many workers there are; the master (MPI: the launcher) is one more.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [InvariantNumber(Whole = true)]
    public int? Workers { get; set; }

    /// <summary>
    /// <para type="description">Leaves the master out, so that the first worker leads. MPI and XGBoost need one; JAX has none
    /// anyway.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public SwitchParameter NoMaster { get; set; }

    /// <summary>
    /// <para type="description">Settings of the master where they differ from the step's: an object of New-RunAiStepSettings or a
    /// hashtable.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [StepSettingsTransformation]
    public StepSettingsInput? MasterSettings { get; set; }

    /// <summary><para type="description">The master's program and arguments, if they are not those of the workers.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [AllowEmptyString]
    public string[]? MasterCommand { get; set; }

    /// <summary>
    /// <para type="description">The master's image, if it is not that of the workers; for steps without code, inputs and outputs.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public string? MasterImage { get; set; }

    /// <summary><para type="description">Environment variables of the master alone, over those of -Environment.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public IDictionary? MasterEnvironment { get; set; }

    /// <summary><para type="description">With PyTorch: the fewest workers that the training goes on with.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [InvariantNumber(Whole = true)]
    public int? MinReplicas { get; set; }

    /// <summary><para type="description">With PyTorch: the most workers that the training grows to.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [InvariantNumber(Whole = true)]
    public int? MaxReplicas { get; set; }

    /// <summary><para type="description">With MPI: how many processes each worker takes; 1 unless given.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [InvariantNumber(Whole = true)]
    public int? SlotsPerWorker { get; set; }

    /// <summary><para type="description">With MPI: where the SSH keys are mounted; /root/.ssh unless given.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public string? SshAuthMountPath { get; set; }

    /// <summary><para type="description">With MPI: when the launcher is made, AtStartup or WaitForWorkersReady.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [ArgumentCompleter(typeof(DistributionCompleter))]
    public string? MpiLauncherCreationPolicy { get; set; }

    /// <summary><para type="description">Which pods are removed when the training has ended: None, All or Running.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [ArgumentCompleter(typeof(DistributionCompleter))]
    public string? CleanPodPolicy { get; set; }
}
