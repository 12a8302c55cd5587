// Stands for the real one.
namespace httplib { class Server; }
