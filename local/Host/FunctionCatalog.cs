using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Dunning.Local;

/// <summary>All functions, with the %settings% of their attributes resolved.</summary>
public sealed record FunctionCatalog(
    IReadOnlyList<HttpFunction> Http,
    IReadOnlyList<TimerFunction> Timers,
    IReadOnlyList<QueueFunction> Queues
)
{
    /// <param name="classes">
    /// For example the exported types of an assembly; classes without functions are ignored.
    /// </param>
    /// <exception cref="CannotRunHereException">
    /// A name is used twice, a setting is missing, or a method has no trigger.
    /// </exception>
    public static FunctionCatalog Read(IEnumerable<Type> classes, IConfiguration settings)
    {
        var functions = (
            from type in classes
            from method in type.GetMethods(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
            )
            let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
            where name is not null
            orderby name
            select Describe(name, method, settings)
        ).ToList();

        foreach (
            var duplicates in functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)
        )
        {
            var places = string.Join(" and ", duplicates.Select(f => $"{f.Class.FullName}.{f.Method.Name}"));
            throw new CannotRunHereException(
                $"Two functions have the name {duplicates.Key}: {places}. Rename one of them."
            );
        }

        return new(
            [.. functions.OfType<HttpFunction>()],
            [.. functions.OfType<TimerFunction>()],
            [.. functions.OfType<QueueFunction>()]
        );
    }

    private static LocalFunction Describe(string name, MethodInfo method, IConfiguration settings)
    {
        foreach (var attribute in method.GetParameters().SelectMany(p => p.GetCustomAttributes()))
        {
            switch (attribute)
            {
                case HttpTriggerAttribute http:
                    var methods = (http.Methods ?? []).Select(m => m.ToUpperInvariant());
                    return new HttpFunction(name, method, http.AuthLevel, [.. methods], (http.Route ?? name).Trim('/'));
                case TimerTriggerAttribute timer:
                    return new TimerFunction(name, method, SettingNames.Resolve(timer.Schedule, settings, name));
                case QueueTriggerAttribute queue:
                    var queueName = SettingNames.Resolve(queue.QueueName, settings, name);
                    return new QueueFunction(name, method, queueName, queue.Connection ?? "AzureWebJobsStorage");
                default:
                    continue;
            }
        }

        throw new CannotRunHereException(
            $"Function {name} has no HTTP, timer or queue trigger, and the local host supports no others."
        );
    }
}
