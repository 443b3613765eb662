# The ActionCable side of a Rails application under Puma, without Rails itself and without a database.
#   ruby cable.rb REDIS_URL CHANNEL_PREFIX [GEMS]
# GEMS is a folder with another version of the gems, as Debian's packages hold them. Writes "serves PORT VERSION" once it accepts requests:
#   GET  /cable?user=ID&tenant=ID   a WebSocket; without user it has no identity, without tenant it has one identifier
#   POST /broadcast                 sends something to everyone: the process now has its second connection to the server
#   GET  /listens                   whether the thread that listens to the server is alive
$LOAD_PATH.unshift(*Dir.glob(["#{ARGV[2]}/usr/share/rubygems-integration/all/gems/*/lib", "#{ARGV[2]}/usr/lib/ruby/vendor_ruby"])) if ARGV[2]
require "logger"
require "action_cable"
require "concurrent/timer_task"
require "globalid"
require "puma"
require "puma/server"
require "puma/events"

GlobalID.app = "my-app"
User = Struct.new(:id) { include GlobalID::Identification }
Tenant = Struct.new(:id) { include GlobalID::Identification }

# Lets everyone in, as whom the address says: what a real application reads from the session or a JWT.
class Connection < ActionCable::Connection::Base
  identified_by :current_user, :tenant

  def connect
    self.current_user = request.params["user"]&.then { |id| User.new(id) }
    self.tenant = request.params["tenant"]&.then { |id| Tenant.new(id) }
  end
end

cable = ActionCable.server
cable.config.cable = { "adapter" => "redis", "url" => ARGV[0], "channel_prefix" => ARGV[1] }.with_indifferent_access
cable.config.connection_class = -> { Connection }
cable.config.disable_request_forgery_protection = true # there is no page that the socket could belong to
cable.config.logger = Logger.new(File::NULL)

TEXT = { "content-type" => "text/plain" }.freeze
application = lambda do |env|
  case env["PATH_INFO"]
  when "/cable" then cable.call(env)
  when "/broadcast"
    cable.broadcast("everyone", { text: "hello" })
    [200, TEXT.dup, ["sent"]]
  when "/listens"
    thread = cable.pubsub.send(:listener).instance_variable_get(:@thread)
    [200, TEXT.dup, [(thread&.alive? || false).to_s]]
  else [404, TEXT.dup, []]
  end
end

server = Puma::Server.new(application, Puma::Events.null)
port = server.add_tcp_listener("127.0.0.1", 0).addr[1]
server.run
# A process listens from its first visitor on; this one listens at once.
listening = Queue.new
cable.pubsub.subscribe("everyone", ->(_) {}, -> { listening << true })
listening.pop
$stdout.puts "serves #{port} #{ActionCable.version}"
$stdout.flush
sleep
