using System.Globalization;
using System.Text.Json.Nodes;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Policies;

/// <summary>The organisation unit a policy is for: its kind and, except for the tenant, its id.</summary>
internal sealed record PolicyScope(string Scope, string? Id)
{
    public static PolicyScope Tenant { get; } = new("tenant", null);

    public static PolicyScope Of(Cluster cluster) => new("cluster", cluster.Uuid.ToString());

    public static PolicyScope Of(Department department) => new("department", department.Id.ToString());

    public static PolicyScope Of(Project project) => new("project", project.Id);

    /// <summary>The fields that name the unit, as metadata and sourceOfRule have them; project ids are numbers there.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["scope"] = Scope };
        if (Scope == "project")
        {
            json["projectId"] = int.Parse(Id!, CultureInfo.InvariantCulture);
        }
        else if (Id is not null)
        {
            json[Scope + "Id"] = Id;
        }

        return json;
    }
}
