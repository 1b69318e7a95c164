using System.Collections;
using System.Collections.Specialized;

namespace RunAi.Tests.Steps;

/// <summary>Steps that together set everything that can be set.</summary>
internal static class FullSteps
{
    /// <summary>Every environment variable that there is a form of.</summary>
    public static IDictionary Environment => new OrderedDictionary
    {
        ["A"] = "text",
        ["B"] = new Hashtable { ["secret"] = "s", ["key"] = "k" },
        ["C"] = new Hashtable { ["configMap"] = "c", ["key"] = "k" },
        ["D"] = new Hashtable { ["userCredential"] = "u", ["key"] = "k" },
        ["E"] = new Hashtable { ["podField"] = "metadata.name" },
        ["F"] = new Hashtable { ["value"] = "text", ["description"] = "what it is for" },
        ["G"] = new Hashtable { ["exclude"] = true },
    };

    public static StepSettings[] Settings =>
    [
        Read(new()
        {
            ["gpu_devices_request"] = 1,
            ["gpu_request_type"] = "portion",
            ["gpu_portion_request"] = 0.5,
            ["gpu_portion_limit"] = 0.75,
            ["cpu_core_request"] = 1,
            ["cpu_core_limit"] = 2,
            ["cpu_memory_request"] = "1G",
            ["cpu_memory_limit"] = "2G",
            ["large_shm_request"] = true,
            ["extended_resources"] = new Hashtable { ["rdma/hca"] = 1 },
            ["node_pools"] = new[] { "default" },
            ["node_type"] = "dgx",
            ["preemptibility"] = "preemptible",
            ["priority_class"] = "high",
            ["category"] = "Train",
            ["backoff_limit"] = 1,
            ["restart_policy"] = "Never",
            ["parallelism"] = 1,
            ["completions"] = 2,
            ["termination_grace_period_seconds"] = 30,
            ["terminate_after_preemption"] = false,
            ["auto_deletion_time_after_completion_seconds"] = 3600,
            ["working_dir"] = "/work",
            ["image_pull_policy"] = "Always",
            ["create_home_dir"] = true,
            ["stdin"] = true,
            ["tty"] = true,
            ["labels"] = new Hashtable { ["team"] = "vision" },
            ["annotations"] = new Hashtable { ["note"] = "any text" },
            ["mounts"] = Mounts,
            ["tolerations"] = new[]
            {
                new Hashtable
                {
                    ["name"] = "t",
                    ["key"] = "spot",
                    ["operator"] = "Equal",
                    ["value"] = "yes",
                    ["effect"] = "NoExecute",
                    ["seconds"] = 60,
                    ["exclude"] = false,
                },
            },
            ["node_affinity"] = new[] { new Hashtable { ["key"] = "gpu", ["operator"] = "In", ["values"] = new[] { "A100", "H100" } } },
            ["pod_affinity"] = new Hashtable { ["type"] = "Preferred", ["key"] = "topology.kubernetes.io/zone" },
            ["security_context"] = new Hashtable
            {
                ["uid_gid_source"] = "custom", ["run_as_uid"] =
                    1000, ["run_as_gid"] = 100, ["supplemental_groups"] = new[] { 2, 3 }, ["run_as_non_root"] = true,
                ["read_only_root_filesystem"] = true, ["allow_privilege_escalation"] = false, ["host_ipc"] = false, ["host_network"] =
                    false,
                ["capabilities"] = new[] { "IPC_LOCK", "kill" }, ["seccomp_profile_type"] = "RuntimeDefault",
            },
            ["ports"] = new[]
            {
                new Hashtable
                {
                    ["container"] = 6006, ["service_type"] =
                        "NodePort", ["external"] = 30006, ["tool_type"] = "tensorboard", ["tool_name"] = "board", ["name"] = "p",
                    ["exclude"] = false,
                },
            },
            ["external_urls"] = new[]
            {
                new Hashtable
                {
                    ["container"] = 8888, ["url"] =
                        "https://tool.example.org", ["authorization_type"] = "authorizedUsers", ["authorized_users"] = new[] { "ada" },
                    ["tool_type"] = "jupyter", ["tool_name"] = "book", ["name"] = "u", ["exclude"] = false,
                },
                new Hashtable { ["container"] = 8889, ["authorized_groups"] = "staff" },
            },
            ["related_urls"] =
                new[] { new Hashtable { ["url"] = "https://wandb.ai/run", ["type"] = "wandb", ["name"] = "r", ["exclude"] = false } },
            ["readiness_probe"] = new Hashtable
            {
                ["port"] = 8080, ["path"] =
                    "/health", ["host"] = "localhost", ["scheme"] = "HTTPS", ["initial_delay_seconds"] = 5, ["period_seconds"] = 10,
                ["timeout_seconds"] = 2, ["success_threshold"] = 1, ["failure_threshold"] = 3,
            },
            ["image_pull_secrets"] = new[] { new Hashtable { ["name"] = "regcred", ["user_credential"] = true, ["exclude"] = false } },
        }),
        Read(new() { ["GpuRequestType"] = "memory", ["GpuMemoryRequest"] = "8G", ["GpuMemoryLimit"] = "16G" }),
        Read(new() { ["WorkloadTemplateId"] = "550e8400-e29b-41d4-a716-446655440000" }),
    ];

    /// <summary>A mount of each of the nine kinds, and of a claim that is made.</summary>
    public static Hashtable[] Mounts =>
    [
        new() { ["Name"] = "a", ["Pvc"] = "data", ["Path"] = "/a", ["ReadOnly"] = true, ["Exclude"] = false },
        new()
        {
            ["kind"] = "pvc", ["path"] = "/a2", ["existing_pvc"] =
                false, ["ephemeral"] = true, ["data_sharing"] = false, ["size"] = "10G", ["storage_class"] = "fast",
            ["access_modes"] = "ReadWriteMany", ["volume_mode"] = "Filesystem", ["added_attr_values"] = new Hashtable { ["tier"] = "gold" },
        },
        new()
        {
            ["Name"] = "b",
            ["config_map"] = "settings",
            ["mount_path"] = "/b",
            ["sub_path"] = "app/x.yaml",
            ["default_mode"] = "0644",
            ["exclude"] = false,
        },
        new() { ["Name"] = "c", ["Secret"] = "hub", ["Path"] = "/c", ["DefaultMode"] = "0400", ["exclude"] = false },
        new()
        {
            ["Name"] = "d",
            ["server"] = "nfs.example.org",
            ["path"] = "/export",
            ["mount_path"] = "/d",
            ["read_only"] = false,
            ["exclude"] = false,
        },
        new()
        {
            ["Name"] = "e", ["S3"] =
                "bucket", ["Path"] = "/e", ["Url"] = "https://s3.example.org", ["AccessKeySecret"] = "keys", ["AccessKeyIdKey"] = "id",
            ["SecretKeyKey"] = "key", ["exclude"] = false,
        },
        new()
        {
            ["Name"] = "f",
            ["HostPath"] = "/mnt/f",
            ["Path"] = "/f",
            ["ReadOnly"] = true,
            ["MountPropagation"] = "None",
            ["exclude"] = false,
        },
        new()
        {
            ["Name"] = "g", ["Git"] =
                "https://github.com/org/repository", ["Path"] = "/g", ["Branch"] = "main", ["Revision"] = "abc", ["SecretName"] = "git",
            ["AuthenticationMethod"] = "password", ["UserKey"] = "user", ["PasswordKey"] = "password", ["exclude"] = false,
        },
        new() { ["Name"] = "h", ["EmptyDir"] = true, ["Path"] = "/h", ["Medium"] = "memory", ["SizeLimit"] = "1G", ["exclude"] = false },
        new() { ["DataVolume"] = "123e4567-e89b-12d3-a456-426614174000", ["Path"] = "/i", ["exclude"] = false },
    ];

    private static StepSettings Read(Hashtable values) => StepSettings.FromDictionary(values);
}
